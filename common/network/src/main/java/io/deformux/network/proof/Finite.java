package io.deformux.network.proof;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Whether values are numbers. Stateless; spreads its work over the common pool. */
public final class Finite {
    private static final int TASK = 1 << 18;

    private Finite() {}

    /** Whether none from position to limit is NaN or infinite. */
    public static boolean all(FloatBuffer values) {
        int from = values.position();
        int count = values.remaining();
        return IntStream.range(0, (count + TASK - 1) / TASK)
                .parallel()
                .allMatch(task -> finite(values, from + task * TASK, from + Math.min(count, (task + 1) * TASK)));
    }

    private static boolean finite(FloatBuffer values, int from, int to) {
        // Zero times a number is zero; times NaN or infinity it is NaN.
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += 0 * values.get(i);
        }
        return sum == 0;
    }
}
