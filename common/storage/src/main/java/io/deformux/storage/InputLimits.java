package io.deformux.storage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.time.Duration;

/**
 * How much one input may bring.
 *
 * @param maxBytes all files together; an archive and what is unpacked from it are counted apart
 * @param maxFiles files (and, separately, folders) of a series
 * @param maxExpansion how many times the size of an archive may come out of it
 * @param maxTime how long an input may go on coming, however slowly
 */
public record InputLimits(long maxBytes, int maxFiles, int maxExpansion, Duration maxTime) {
    /** Deflated CT and MR comes to 2 to 4 times its archive; one whose background is cut out to some tens. */
    private static final int DEFAULT_EXPANSION = 200;

    private static final Duration DEFAULT_TIME = Duration.ofHours(1);

    /** What any archive may expand to: a few empty slices in a small one are no attack. */
    private static final long ALWAYS_ALLOWED_BYTES = 64L << 20;

    /** 16 GiB and 20 000 files: several times the largest CT or MR series in routine use. */
    public static final InputLimits DEFAULT = new InputLimits(16L << 30, 20_000);

    /** Checks that all are positive; throws {@link IllegalArgumentException} otherwise. */
    public InputLimits {
        if (maxBytes < 1 || maxFiles < 1 || maxExpansion < 1 || maxTime.isNegative() || maxTime.isZero()) {
            throw new IllegalArgumentException("input limits must be positive");
        }
    }

    /** These bytes and files, an expansion by 200 and an hour. */
    public InputLimits(long maxBytes, int maxFiles) {
        this(maxBytes, maxFiles, DEFAULT_EXPANSION, DEFAULT_TIME);
    }

    /** A new count against these limits, for one input; its time begins now. */
    public InputMeter meter() {
        return new InputMeter(this);
    }

    /**
     * Refuses an archive out of which too much came.
     *
     * @param archiveBytes its size
     * @param expandedBytes what came out so far
     * @throws JobException INPUT_TOO_LARGE
     */
    public void checkExpansion(long archiveBytes, long expandedBytes) {
        if (expandedBytes > ALWAYS_ALLOWED_BYTES && expandedBytes / maxExpansion > archiveBytes) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE,
                    "the archive expands to more than " + maxExpansion
                            + " times its size; raise the limit if it is meant to");
        }
    }
}
