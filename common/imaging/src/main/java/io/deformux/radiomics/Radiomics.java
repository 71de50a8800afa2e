package io.deformux.radiomics;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * The features of one structure, by name: the manual's names in camel case. A feature that is no number is left out.
 *
 * @param levels the number of grey levels that texture was counted with
 * @param intensity statistics of the values
 * @param shape in mm
 * @param cooccurrence of levels that are neighbours
 * @param runLength of voxels of one level in a line
 * @param sizeZone of voxels of one level that touch
 */
public record Radiomics(
        int levels,
        Map<String, Double> intensity,
        Map<String, Double> shape,
        Map<String, Double> cooccurrence,
        Map<String, Double> runLength,
        Map<String, Double> sizeZone) {

    private static final double GIGABYTE = 1e9;

    /** The largest box around a structure, 2^26 voxels: a body of 400 mm across would be at 1 mm. */
    public static final long MOST_VOXELS = 1L << 26;

    /**
     * The features of a label.
     *
     * @param scan on the grid of the labels
     * @return nothing if it is nowhere or has no values, its box has more than {@link #MOST_VOXELS}, or its values would
     *     have more than {@link Discretisation#MOST_LEVELS} levels
     */
    public static Optional<Radiomics> of(Volume scan, LabelMap labels, int label, Discretisation discretisation) {
        return Box.of(labels, label)
                .filter(box -> box.shape().voxels() <= MOST_VOXELS)
                .map(box -> Region.of(scan, labels, label, box))
                .flatMap(region -> of(region, discretisation));
    }

    /**
     * Why a label that is somewhere and has values gets no features all the same; empty if it can get some. Takes no memory
     * itself.
     *
     * @param scan on the grid of the labels
     * @param room what is left of the heap, in bytes, where so many are wanted
     */
    public static Optional<NoFeatures> tooLarge(
            Volume scan, LabelMap labels, int label, Discretisation discretisation, LongUnaryOperator room) {
        Optional<Box> box = Box.of(labels, label);
        if (box.isEmpty()) {
            return Optional.empty();
        }
        if (box.get().shape().voxels() > MOST_VOXELS) {
            return Optional.of(NoFeatures.tooLarge("its box has more than " + MOST_VOXELS + " voxels"));
        }
        ValueRange values = ValueRange.of(scan, labels, label, box.get());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        double levels = discretisation.levels(values.least(), values.most());
        if (levels > Discretisation.MOST_LEVELS) {
            return Optional.of(NoFeatures.tooLarge(
                    "its values would have more than " + Discretisation.MOST_LEVELS + " grey levels"));
        }
        long needed = heapBytes(box.get().shape().voxels(), values.voxels(), (long) levels);
        long left = room.applyAsLong(needed);
        return needed > left
                ? Optional.of(new NoFeatures(
                        String.format(
                                Locale.ROOT,
                                "it takes %.2f GB of Java's heap, which has %.2f GB left",
                                needed / GIGABYTE,
                                left / GIGABYTE),
                        true))
                : Optional.empty();
    }

    /**
     * The most that the features of a structure take of the heap at a time. Of a voxel of the box: whether it is inside (1),
     * its value (4) and twice its level (2); of one of the structure: its sorted value (4), and what waits in a zone, or room
     * to sort in (4 and, while it grows, 4 again). Matrices have a row of 4096 sizes, or of levels twice, for each level.
     */
    static long heapBytes(long boxVoxels, long voxels, long levels) {
        return 9 * boxVoxels + 12 * voxels + Long.BYTES * levels * (4096 + 2 * levels);
    }

    private static Optional<Radiomics> of(Region region, Discretisation discretisation) {
        float[] sorted = sorted(region);
        return sorted.length == 0
                ? Optional.empty()
                : discretisation
                        .of(region.values(), sorted[0], sorted[sorted.length - 1])
                        .map(levels -> of(region, sorted, levels));
    }

    private static Radiomics of(Region region, float[] sorted, Levels levels) {
        Map<String, Double> intensity = FirstOrder.of(sorted, levels);
        return new Radiomics(
                levels.most(),
                intensity,
                Morphology.of(region, intensity.get("mean")),
                Cooccurrence.of(CooccurrenceMatrix.of(levels, region.shape())),
                SizeFeatures.runs(Runs.of(levels, region.shape()), sorted.length),
                SizeFeatures.zones(Zones.of(levels, region.shape()), sorted.length));
    }

    private static float[] sorted(Region region) {
        float[] sorted = new float[region.voxels()];
        int n = 0;
        for (float value : region.values()) {
            if (!Float.isNaN(value)) {
                sorted[n++] = value;
            }
        }
        Arrays.parallelSort(sorted, 0, n);
        return n == sorted.length ? sorted : Arrays.copyOf(sorted, n);
    }
}
