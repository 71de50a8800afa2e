package io.deformux.transform;

import io.deformux.volume.Shape3;

/**
 * A part of a grid.
 *
 * @param d the first voxel along axis 0
 * @param h the first voxel along axis 1
 * @param w the first voxel along axis 2
 * @param shape how many voxels it has
 */
public record CropBox(int d, int h, int w, Shape3 shape) {

    /** The first voxel along axis 0, 1 or 2. */
    public int start(int axis) {
        return switch (axis) {
            case 0 -> d;
            case 1 -> h;
            case 2 -> w;
            default -> throw new IndexOutOfBoundsException("axis " + axis);
        };
    }

    /** The voxel after the last along axis 0, 1 or 2. */
    public int end(int axis) {
        return start(axis) + shape.axis(axis);
    }

    /** The smallest box that holds this one and {@code other}. */
    CropBox union(CropBox other) {
        int[] start = new int[3];
        int[] size = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            start[axis] = Math.min(start(axis), other.start(axis));
            size[axis] = Math.max(end(axis), other.end(axis)) - start[axis];
        }
        return new CropBox(start[0], start[1], start[2], Shape3.of(size));
    }
}
