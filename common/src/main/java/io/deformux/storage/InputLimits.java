package io.deformux.storage;

/**
 * How much one input may bring.
 *
 * @param maxBytes all files together
 * @param maxFiles files (and, separately, folders) of a series
 */
public record InputLimits(long maxBytes, int maxFiles) {
    /** 16 GiB and 20 000 files: several times the largest CT or MR series in routine use. */
    public static final InputLimits DEFAULT = new InputLimits(16L << 30, 20_000);

    /** Checks that both are positive; throws {@link IllegalArgumentException} otherwise. */
    public InputLimits {
        if (maxBytes < 1 || maxFiles < 1) {
            throw new IllegalArgumentException("input limits must be positive");
        }
    }

    /** A new count against these limits, for one input. */
    public InputMeter meter() {
        return new InputMeter(this);
    }
}
