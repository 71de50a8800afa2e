package io.deformux.messaging.member;

/** Whose turn it is where some jobs go first: after some of them in a row another one, so that none waits for ever. */
public final class Turns {
    /** So many urgent jobs go before a routine one that waits. */
    public static final int MOST = 4;

    private int inARow;

    void took(boolean urgent) {
        inARow = urgent ? inARow + 1 : 0;
    }

    boolean isUrgentNext() {
        return inARow < MOST;
    }

    /** No routine job waits. */
    void startAnew() {
        inARow = 0;
    }
}
