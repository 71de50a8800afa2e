package io.deformux.volume;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.Locale;

/**
 * Room for volumes, so that one which can never fit is refused by its header and not in the middle of being read.
 *
 * @param bytes the most that Java's heap may grow to
 */
public record HeapRoom(long bytes) {
    private static final double GIGABYTE = 1e9;

    /** Of this process. */
    public static HeapRoom here() {
        return new HeapRoom(Runtime.getRuntime().maxMemory());
    }

    /**
     * Checks that a volume can fit at all.
     *
     * @param bytesPerVoxel what one voxel takes
     * @throws JobException {@link FailureCode#HEAP_OUT_OF_MEMORY} with the numbers
     */
    public void require(long voxels, int bytesPerVoxel) {
        if (voxels > bytes / bytesPerVoxel) {
            throw new JobException(
                    FailureCode.HEAP_OUT_OF_MEMORY,
                    String.format(
                            Locale.ROOT,
                            "A volume of %d voxels takes %.1f GB of Java's heap, which has at most %.1f GB: give the JVM"
                                    + " more (-Xmx).",
                            voxels,
                            voxels * bytesPerVoxel / GIGABYTE,
                            bytes / GIGABYTE));
        }
    }
}
