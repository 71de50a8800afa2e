package io.deformux.network.weights;

/**
 * Random numbers that depend on nothing but their place: the generator has no state, so any value can be computed by
 * itself, in any order, in any language.
 *
 * <p>Value i of stream k is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014)
 * at step {@code (k << 32) + i + 1} from the seed, its upper 24 bits as a fraction.
 */
public final class CounterRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;

    public CounterRandom(long seed) {
        this.seed = seed;
    }

    /** A multiple of 2^-24 in [0, 1). */
    public double uniform(int stream, int index) {
        long z = seed + (((long) stream << 32) + index + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z = z ^ (z >>> 31);
        return (z >>> 40) * 0x1p-24;
    }
}
