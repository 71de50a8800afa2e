package io.deformux.worker.train.random;

/**
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), written out because the
 * Java library promises no algorithm for bounded numbers. Belongs to one thread.
 */
public final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private RandomStream(long state) {
        this.state = state;
    }

    /**
     * The stream of a seed at a place, such as (iteration, crop): different places give unrelated streams, so a training
     * goes on from any iteration without having drawn what came before.
     */
    public static RandomStream at(long seed, long... place) {
        return new RandomStream(seed(seed, place));
    }

    /** A seed of its own for a place, such as a fold, from a common seed. */
    public static long seed(long seed, long... place) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (long step : place) {
            state = mix(state + GOLDEN_GAMMA * (step + 1));
        }
        return state;
    }

    /** A number in [0, 1), a multiple of 2^-53. */
    public double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** A number in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** An integer from 0 to {@code bound - 1}; the bias of at most bound / 2^53 is far below what any training sees. */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("no integer lies below " + bound);
        }
        return (int) (uniform() * bound);
    }

    /** A number of the standard normal distribution (Box and Muller 1958), with the same bits on every machine. */
    public double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** True in half of the cases. */
    public boolean coin() {
        return next() < 0;
    }

    /** The integers from 0 to {@code count - 1} in random order (Fisher and Yates). */
    public int[] permutation(int count) {
        int[] order = new int[count];
        for (int n = 0; n < count; n++) {
            int other = below(n + 1);
            order[n] = order[other];
            order[other] = n;
        }
        return order;
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
