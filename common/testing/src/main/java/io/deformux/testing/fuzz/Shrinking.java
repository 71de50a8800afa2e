package io.deformux.testing.fuzz;

import java.util.Arrays;

/** Makes the input of a finding smaller while it remains the same finding. */
final class Shrinking {
    private static final int MOST_TRIES = 3000;

    private final FuzzTarget target;
    private final String kind;
    private final HangGuard guard;
    private int tries;

    Shrinking(FuzzTarget target, String kind, HangGuard guard) {
        this.target = target;
        this.kind = kind;
        this.guard = guard;
    }

    /** The smallest that a few thousand tries find. */
    byte[] shrink(byte[] input) {
        byte[] least = input;
        for (int block = input.length / 2; block > 0; block /= 2) {
            for (int at = 0; at + block <= least.length && tries < MOST_TRIES; ) {
                byte[] less = without(least, at, block);
                if (isSame(less)) {
                    least = less;
                } else {
                    at += block;
                }
            }
        }
        return least;
    }

    private boolean isSame(byte[] input) {
        tries++;
        guard.begin(input);
        return Execution.of(target, input).kind().equals(kind);
    }

    private static byte[] without(byte[] input, int at, int block) {
        byte[] less = Arrays.copyOf(input, input.length - block);
        System.arraycopy(input, at + block, less, at, input.length - at - block);
        return less;
    }
}
