package io.deformux.worker.train.job;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a fold takes at the least: one that takes more than there is does not begin.
 *
 * @param heapBytes of Java's heap: the batches that are made ahead, the first weights, and either a checkpoint or, of the
 *     largest validation case, image, labels and the blended logits of as many planes as a crop has
 * @param nativeBytes beside the heap: weights, gradients and AdamW's two moments; of a batch images, logits and gradients
 * @param diskBytes below the output: a checkpoint and a best network, each beside the one that it replaces
 */
public record FoldNeeds(long heapBytes, long nativeBytes, long diskBytes) {
    private static final double GIGABYTE = 1e9;
    /** What a checkpoint is made of: weights and two moments. */
    private static final int COPIES_OF_CHECKPOINT = 3;

    private static final int COPIES_BESIDE_HEAP = 4;
    private static final int COPIES_ON_DISK = 8;

    /** Of what is known before a case is prepared. */
    public static FoldNeeds of(FoldSettings settings) {
        return of(settings, Optional.empty());
    }

    /** The same when the largest validation case is known. */
    public static FoldNeeds of(FoldSettings settings, Optional<Shape3> largest) {
        long weights = settings.network().modules().count() * Float.BYTES;
        long batch = settings.crop().voxels() * settings.casesPerIteration() * settings.cropsPerCase();
        int channels = settings.network().inChannels();
        int classes = settings.network().outChannels();
        // A voxel of a crop or a case, as floats, with its label.
        int voxel = channels * Float.BYTES + 1;
        long validation = largest.map(shape -> validation(shape, settings.crop(), voxel, classes))
                .orElse(0L);
        return new FoldNeeds(
                weights + FoldJob.BATCHES_AHEAD * batch * voxel + Math.max(COPIES_OF_CHECKPOINT * weights, validation),
                COPIES_BESIDE_HEAP * weights + batch * (channels + 2L * classes) * Float.BYTES,
                COPIES_ON_DISK * weights);
    }

    private static long validation(Shape3 shape, Shape3 crop, int voxel, int classes) {
        long planes = Math.min(crop.d(), shape.d());
        return shape.voxels() * (voxel + 1) + planes * shape.h() * shape.w() * classes * Float.BYTES;
    }

    /**
     * Compares with what there is.
     *
     * @param heap what a fold may take of the heap, in bytes
     * @param beside what the process may use beside the heap, in bytes; empty where the network runs elsewhere
     * @param disk what is free below the output, in bytes
     * @throws JobException {@code HEAP_OUT_OF_MEMORY} or {@code DEVICE_OUT_OF_MEMORY}, since no wait helps, or {@code
     *     STORAGE_FULL}, which is waited for
     */
    public void require(long heap, OptionalLong beside, long disk) {
        if (heapBytes > heap) {
            throw new JobException(
                    FailureCode.HEAP_OUT_OF_MEMORY,
                    "The fold takes at least " + gigabytes(heapBytes) + " of Java's heap, which has room for "
                            + gigabytes(heap) + ": give the JVM more (-Xmx), or take fewer or smaller crops.");
        }
        if (beside.isPresent() && nativeBytes > beside.getAsLong()) {
            throw new JobException(
                    FailureCode.DEVICE_OUT_OF_MEMORY,
                    "The fold takes at least " + gigabytes(nativeBytes)
                            + " beside Java's heap, where this process may use " + gigabytes(beside.getAsLong())
                            + ": give it more memory, or take fewer or smaller crops.");
        }
        if (diskBytes > disk) {
            throw new JobException(
                    FailureCode.STORAGE_FULL,
                    "Checkpoints and networks of the fold take " + gigabytes(diskBytes)
                            + " below the training's output, which has " + gigabytes(disk) + " free.");
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
    }
}
