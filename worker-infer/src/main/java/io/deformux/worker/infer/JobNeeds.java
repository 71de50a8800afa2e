package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.inference.DeviceSlidingWindow;
import io.deformux.volume.Shape3;
import io.deformux.worker.infer.probability.MapWish;
import java.util.Locale;
import java.util.Optional;

/**
 * What a scan takes at the least, by its grids: one that takes more than there is does not reach the network.
 *
 * @param heapBytes of Java's heap: scan and prepared image as floats in all channels, labels on both grids while they are
 *     restored, and where the network runs on a CPU the blended logits of as many planes as a window has
 * @param waitingBytes of the machine's memory beside the heap, where it runs on a GPU: blended logits on their way from there
 * @param diskBytes in the scratch folder beside the input: a byte per voxel of the scan for the outputs, and the
 *     files of maps that are wished for
 */
record JobNeeds(long heapBytes, long waitingBytes, long diskBytes) {
    private static final double GIGABYTE = 1e9;

    /**
     * Of a scan whose windows are blended in Java's heap.
     *
     * @param scan its own grid
     * @param image what the network will see of it; nothing if it is all background
     * @param channels that the model sees
     * @param classes of the model
     * @param planes of a window, along the first axis
     * @param wish which maps of probabilities it is to have
     */
    static JobNeeds of(Shape3 scan, Optional<Shape3> image, int channels, int classes, int planes, MapWish wish) {
        long blended = image.map(shape -> (long) classes * Math.min(planes, shape.d()) * shape.h() * shape.w())
                .orElse(0L);
        return new JobNeeds(volumes(scan, image, channels) + Float.BYTES * blended, 0, files(scan, image, wish));
    }

    /**
     * Of a scan whose windows are blended on a GPU; parameters as above.
     *
     * @param members how many networks the model has
     */
    static JobNeeds onGpu(Shape3 scan, Optional<Shape3> image, int channels, int classes, int members, MapWish wish) {
        long waiting = image.map(shape -> DeviceSlidingWindow.waitingBytes(classes, members, shape))
                .orElse(0L);
        return new JobNeeds(volumes(scan, image, channels), waiting, files(scan, image, wish));
    }

    /** The same for a job that stores the scan too: 16 bits a voxel, which packing may make less. */
    JobNeeds withScan(Shape3 scan) {
        return new JobNeeds(heapBytes, waitingBytes, diskBytes + Short.BYTES * scan.voxels());
    }

    private static long volumes(Shape3 scan, Optional<Shape3> image, int channels) {
        return (Float.BYTES * channels + 1)
                * (scan.voxels() + image.map(Shape3::voxels).orElse(0L));
    }

    private static long files(Shape3 scan, Optional<Shape3> image, MapWish wish) {
        return scan.voxels()
                + image.map(shape -> wish.scratchBytes(shape.voxels())).orElse(0L);
    }

    /**
     * Compares with what there is.
     *
     * @param heap what volumes may take of the heap, in bytes
     * @param beside what the process may use of the machine's memory beside its heap, in bytes
     * @param disk what is free in the scratch folder, in bytes
     * @throws JobException {@code HEAP_OUT_OF_MEMORY} or {@code DEVICE_OUT_OF_MEMORY}, since no wait helps, or {@code STORAGE_FULL}, which is waited for
     */
    void require(long heap, long beside, long disk) {
        if (heapBytes > heap) {
            throw new JobException(
                    FailureCode.HEAP_OUT_OF_MEMORY,
                    "The scan takes at least " + gigabytes(heapBytes) + " of Java's heap, which has room for "
                            + gigabytes(heap) + ": give the JVM more (-Xmx).");
        }
        if (waitingBytes > beside) {
            throw new JobException(
                    FailureCode.DEVICE_OUT_OF_MEMORY,
                    "What comes back from the GPU may take " + gigabytes(waitingBytes)
                            + " beside Java's heap, where this process may use " + gigabytes(beside)
                            + ": give it more memory, or the JVM less (-Xmx).");
        }
        if (diskBytes > disk) {
            throw new JobException(
                    FailureCode.STORAGE_FULL,
                    "The outputs may take " + gigabytes(diskBytes) + " in the scratch folder, which has "
                            + gigabytes(disk) + " free: make room, or name another one (--scratch).");
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
    }
}
