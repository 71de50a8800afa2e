package io.deformux.volume;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.Locale;

/**
 * Room for volumes, so that one which can never fit is refused by its header and not in the middle of being read.
 *
 * @param bytes what volumes may take of Java's heap
 */
public record HeapRoom(long bytes) {
    private static final double GIGABYTE = 1e9;
    /** What the program itself holds: of a worker that does small jobs, 24 MiB are left after a collection. */
    private static final long OWN = 32L << 20;

    /** Of this process. */
    public static HeapRoom here() {
        return of(Runtime.getRuntime().maxMemory());
    }

    /**
     * What is free of this process's heap now. Garbage is collected first where there is less than is wanted, since nobody
     * knows otherwise how much of what is taken is still in use.
     *
     * @param wanted that many bytes, for one who is content with them
     */
    public static HeapRoom left(long wanted) {
        HeapRoom left = left();
        if (left.bytes >= wanted) {
            return left;
        }
        System.gc();
        return left();
    }

    private static HeapRoom left() {
        Runtime runtime = Runtime.getRuntime();
        return of(runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory()));
    }

    /** Of a heap that may grow to so many bytes. */
    static HeapRoom of(long heap) {
        return new HeapRoom(Math.max(0, heap - OWN));
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
                            "A volume of %d voxels takes %.2f GB of Java's heap, which has room for %.2f GB: give the JVM"
                                    + " more (-Xmx).",
                            voxels,
                            voxels * bytesPerVoxel / GIGABYTE,
                            bytes / GIGABYTE));
        }
    }
}
