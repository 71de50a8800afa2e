package io.deformux.evaluation;

import io.deformux.volume.Shape3;
import java.util.Optional;

/**
 * The smallest box that holds one label in both of two label maps. Surfaces found inside it are those of the whole grid,
 * because the label has no voxel outside.
 *
 * @param label the class
 * @param grid the whole grid
 * @param i the first voxel of the box along axis 0
 * @param j the first voxel along axis 1
 * @param k the first voxel along axis 2
 * @param shape the size of the box
 */
record StructureBox(byte label, Shape3 grid, int i, int j, int k, Shape3 shape) {

    /** The box, or nothing if neither map has the label. */
    static Optional<StructureBox> around(byte label, Shape3 grid, byte[] one, byte[] other) {
        int[] low = grid.toArray();
        int[] high = {-1, -1, -1};
        for (int i = 0; i < grid.d(); i++) {
            for (int j = 0; j < grid.h(); j++) {
                for (int k = 0, at = grid.index(i, j, 0); k < grid.w(); k++, at++) {
                    if (one[at] == label || other[at] == label) {
                        low[0] = Math.min(low[0], i);
                        low[1] = Math.min(low[1], j);
                        low[2] = Math.min(low[2], k);
                        high[0] = i;
                        high[1] = Math.max(high[1], j);
                        high[2] = Math.max(high[2], k);
                    }
                }
            }
        }
        if (high[0] < 0) {
            return Optional.empty();
        }
        Shape3 shape = new Shape3(high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1);
        return Optional.of(new StructureBox(label, grid, low[0], low[1], low[2], shape));
    }

    /** Whether each voxel of the box has the label and misses it in one of its six neighbours. */
    boolean[] surface(byte[] labels) {
        boolean[] surface = new boolean[shape.length()];
        int n = 0;
        for (int a = 0; a < shape.d(); a++) {
            for (int b = 0; b < shape.h(); b++) {
                for (int c = 0; c < shape.w(); c++) {
                    surface[n++] = has(labels, a, b, c) && !isSurrounded(labels, a, b, c);
                }
            }
        }
        return surface;
    }

    private boolean isSurrounded(byte[] labels, int a, int b, int c) {
        return has(labels, a - 1, b, c)
                && has(labels, a + 1, b, c)
                && has(labels, a, b - 1, c)
                && has(labels, a, b + 1, c)
                && has(labels, a, b, c - 1)
                && has(labels, a, b, c + 1);
    }

    private boolean has(byte[] labels, int a, int b, int c) {
        return a >= 0
                && a < shape.d()
                && b >= 0
                && b < shape.h()
                && c >= 0
                && c < shape.w()
                && labels[grid.index(i + a, j + b, k + c)] == label;
    }
}
