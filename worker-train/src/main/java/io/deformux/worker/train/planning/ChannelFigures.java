package io.deformux.worker.train.planning;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.train.preparation.LabelledVoxels;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What planning keeps of one image of a scan.
 *
 * @param highest per axis and plane across it the largest value
 * @param nonZero per axis and plane across it whether a value is not zero
 * @param structures intensities of voxels with a label above 0: all of them, or every n-th so that they are not too many
 */
record ChannelFigures(float[][] highest, boolean[][] nonZero, float[] structures) {
    private static final int MOST_INTENSITIES = 100_000;

    static ChannelFigures of(Volume image, LabelMap labels) {
        Shape3 shape = image.geometry().shape();
        float[][] highest = new float[3][];
        boolean[][] nonZero = new boolean[3][];
        for (int axis = 0; axis < 3; axis++) {
            highest[axis] = new float[shape.axis(axis)];
            Arrays.fill(highest[axis], Float.NEGATIVE_INFINITY);
            nonZero[axis] = new boolean[shape.axis(axis)];
        }
        int at = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++, at++) {
                    float value = image.voxels()[at];
                    highest[0][i] = Math.max(highest[0][i], value);
                    highest[1][j] = Math.max(highest[1][j], value);
                    highest[2][k] = Math.max(highest[2][k], value);
                    if (value != 0) {
                        nonZero[0][i] = true;
                        nonZero[1][j] = true;
                        nonZero[2][k] = true;
                    }
                }
            }
        }
        return new ChannelFigures(highest, nonZero, structures(image.voxels(), labels));
    }

    private static float[] structures(float[] image, LabelMap labels) {
        int count = 0;
        for (byte label : labels.labels()) {
            count += isStructure(label) ? 1 : 0;
        }
        int step = Math.max(1, (count + MOST_INTENSITIES - 1) / MOST_INTENSITIES);
        float[] kept = new float[(count + step - 1) / step];
        int seen = 0;
        for (int n = 0; n < image.length; n++) {
            if (isStructure(labels.labels()[n])) {
                if (seen % step == 0) {
                    kept[seen / step] = image[n];
                }
                seen++;
            }
        }
        return kept;
    }

    private static boolean isStructure(byte label) {
        return label != 0 && label != LabelledVoxels.IGNORED;
    }

    int size(int axis) {
        return nonZero[axis].length;
    }

    /** From the first to the last plane with a value above that, along a stored axis; empty if there is none. */
    Optional<Planes> above(int axis, float value) {
        return planes(axis, plane -> highest[axis][plane] > value);
    }

    /** From the first to the last plane with a value that is not zero. */
    Optional<Planes> notZero(int axis) {
        return planes(axis, plane -> nonZero[axis][plane]);
    }

    private Optional<Planes> planes(int axis, IntPredicate counts) {
        int first = 0;
        while (first < size(axis) && !counts.test(first)) {
            first++;
        }
        int last = size(axis) - 1;
        while (last > first && !counts.test(last)) {
            last--;
        }
        return first == size(axis) ? Optional.empty() : Optional.of(new Planes(first, last));
    }

    /**
     * Planes of a stored axis.
     *
     * @param first of them
     * @param last of them
     */
    record Planes(int first, int last) {
        int count() {
            return last - first + 1;
        }

        /** From the first of both to the last of both. */
        Planes and(Planes other) {
            return new Planes(Math.min(first, other.first), Math.max(last, other.last));
        }
    }
}
