package io.deformux.network.library;

import java.io.IOException;
import java.time.Duration;

/**
 * What ends a child process that nobody waits for any more: the end of its standard input, which its parent holds open, the end of
 * that parent, or too long a time.
 */
public final class Lifeline {
    /** As of a process that gave up. */
    static final int ENDED = 1;

    private Lifeline() {}

    /** Watches this process from now on, and ends it whatever native code it is in. */
    public static void hold(Duration limit) {
        hold(Lifeline::end);
        watch("time-watch", () -> Thread.sleep(limit.toMillis()), Lifeline::end);
    }

    /**
     * Watches this process from now on, for as long as its parent lives.
     *
     * @param end ends the process; called on a thread of its own, perhaps more than once
     */
    public static void hold(Runnable end) {
        watch(
                "parent-watch",
                () -> {
                    while (System.in.read() >= 0) {
                        // Nobody writes.
                    }
                },
                end);
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> watch("parent-end", () -> parent.onExit().join(), end));
    }

    /** Waits for something that is the end. */
    private interface Wait {
        void run() throws IOException, InterruptedException;
    }

    private static void watch(String name, Wait wait, Runnable end) {
        Thread watch = new Thread(
                () -> {
                    try {
                        wait.run();
                    } catch (IOException | InterruptedException e) {
                        // As good as the end.
                    }
                    end.run();
                },
                name);
        watch.setDaemon(true);
        watch.start();
    }

    private static void end() {
        Runtime.getRuntime().halt(ENDED);
    }
}
