package io.deformux.volume;

/**
 * The size of a grid along its three axes, each at least 1.
 *
 * @param d voxels along axis 0 (i; the network's depth)
 * @param h voxels along axis 1 (j; height)
 * @param w voxels along axis 2 (k; width), the fastest in memory
 */
public record Shape3(int d, int h, int w) {

    /** Checks that every axis has a voxel; throws {@link IllegalArgumentException} otherwise. */
    public Shape3 {
        if (d < 1 || h < 1 || w < 1) {
            throw new IllegalArgumentException(
                    "a grid needs at least one voxel per axis, not " + d + "x" + h + "x" + w);
        }
    }

    /** A shape from three sizes in axis order. */
    public static Shape3 of(int... sizes) {
        if (sizes.length != 3) {
            throw new IllegalArgumentException("three axes needed, not " + sizes.length);
        }
        return new Shape3(sizes[0], sizes[1], sizes[2]);
    }

    /** The size along axis 0, 1 or 2. */
    public int axis(int axis) {
        return switch (axis) {
            case 0 -> d;
            case 1 -> h;
            case 2 -> w;
            default -> throw new IndexOutOfBoundsException("axis " + axis);
        };
    }

    /** The number of voxels. */
    public long voxels() {
        return (long) d * h * w;
    }

    /**
     * The number of voxels as an array length.
     *
     * @throws ArithmeticException if an array cannot hold them
     */
    public int length() {
        return Math.toIntExact(voxels());
    }

    /** The element that holds voxel (i, j, k). */
    public int index(int i, int j, int k) {
        return (i * h + j) * w + k;
    }

    /** The sizes in axis order, a new array. */
    public int[] toArray() {
        return new int[] {d, h, w};
    }

    @Override
    public String toString() {
        return d + "x" + h + "x" + w;
    }
}
