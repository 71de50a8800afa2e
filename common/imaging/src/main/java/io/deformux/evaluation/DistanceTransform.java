package io.deformux.evaluation;

import io.deformux.volume.Shape3;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The exact Euclidean distance of every voxel to the nearest target voxel, in time linear in the voxels.
 *
 * <p>Felzenszwalb and Huttenlocher, Distance Transforms of Sampled Functions (Theory of Computing 8, 2012): axis by
 * axis, the squared distances along a line are the lower envelope of the parabolas that stand on its voxels.
 */
final class DistanceTransform {
    private DistanceTransform() {}

    /**
     * The distances in mm, infinite everywhere if there is no target. Lines are spread over the common pool.
     *
     * @param targets whether a voxel is a target, last axis fastest
     * @param shape the grid
     * @param spacing mm per voxel along each axis
     */
    static double[] toNearest(boolean[] targets, Shape3 shape, double[] spacing) {
        double[] squared = new double[shape.length()];
        for (int n = 0; n < squared.length; n++) {
            squared[n] = targets[n] ? 0 : Double.POSITIVE_INFINITY;
        }
        int area = shape.h() * shape.w();
        IntStream.range(0, shape.d()).parallel().forEach(i -> {
            Line alongW = new Line(shape.w(), spacing[2]);
            for (int j = 0; j < shape.h(); j++) {
                alongW.transform(squared, shape.index(i, j, 0), 1);
            }
            Line alongH = new Line(shape.h(), spacing[1]);
            for (int k = 0; k < shape.w(); k++) {
                alongH.transform(squared, shape.index(i, 0, k), shape.w());
            }
        });
        IntStream.range(0, shape.h()).parallel().forEach(j -> {
            Line alongD = new Line(shape.d(), spacing[0]);
            for (int k = 0; k < shape.w(); k++) {
                alongD.transform(squared, shape.index(0, j, k), area);
            }
        });
        Arrays.parallelSetAll(squared, n -> Math.sqrt(squared[n]));
        return squared;
    }

    /** Transforms one line at a time; the arrays are scratch space. */
    private static final class Line {
        private final double spacing;
        private final double[] heights;
        /** The voxels whose parabolas form the envelope, rising. */
        private final int[] feet;
        /** Parabola n of the envelope is the lowest from position {@code from[n]} (mm) on. */
        private final double[] from;

        Line(int length, double spacing) {
            this.spacing = spacing;
            this.heights = new double[length];
            this.feet = new int[length];
            this.from = new double[length];
        }

        void transform(double[] squared, int first, int stride) {
            for (int q = 0; q < heights.length; q++) {
                heights[q] = squared[first + q * stride];
            }
            int parabolas = envelope();
            if (parabolas == 0) {
                return;
            }
            int n = 0;
            for (int q = 0; q < heights.length; q++) {
                while (n + 1 < parabolas && from[n + 1] < q * spacing) {
                    n++;
                }
                double distance = (q - feet[n]) * spacing;
                squared[first + q * stride] = distance * distance + heights[feet[n]];
            }
        }

        private int envelope() {
            int parabolas = 0;
            for (int q = 0; q < heights.length; q++) {
                if (heights[q] == Double.POSITIVE_INFINITY) {
                    continue;
                }
                double start = Double.NEGATIVE_INFINITY;
                while (parabolas > 0) {
                    start = intersection(feet[parabolas - 1], q);
                    if (start > from[parabolas - 1]) {
                        break;
                    }
                    parabolas--;
                }
                feet[parabolas] = q;
                from[parabolas] = parabolas == 0 ? Double.NEGATIVE_INFINITY : start;
                parabolas++;
            }
            return parabolas;
        }

        /** Where the parabola on {@code right} becomes lower than that on {@code left}, in mm. */
        private double intersection(int left, int right) {
            double a = left * spacing;
            double b = right * spacing;
            return (a + b) / 2 + (heights[right] - heights[left]) / (2 * (b - a));
        }
    }
}
