package io.deformux.volume;

import java.util.stream.IntStream;

/**
 * The values of one volume on another grid, plane by plane along axis 0 of that grid, so that nobody need hold all of
 * it. Safe to use from several threads as long as nobody writes to the volume.
 */
public abstract sealed class Resampler permits SeparableResampler, ShearedResampler, CopyingResampler {
    private final Geometry target;

    Resampler(Geometry target) {
        this.target = target;
    }

    /**
     * Trilinear interpolation at the voxel centres of {@code target}; positions outside take the value at the border.
     * Weights and sums are double, each result is rounded to float once, so a constant region stays exactly constant.
     */
    public static Resampler trilinear(Volume source, Geometry target) {
        IndexMap map = IndexMap.between(target, source.geometry());
        for (int axis = 0; axis < 3; axis++) {
            if (map.drivingAxis(axis) != axis) {
                return new ShearedResampler(source, target, map);
            }
        }
        return map.separable(target.shape())
                ? new SeparableResampler(source, target, map)
                : new ShearedResampler(source, target, map);
    }

    /** The values as they are, seen as lying on {@code target}, which has the shape of {@code source}. */
    public static Resampler untouched(Volume source, Geometry target) {
        return new CopyingResampler(source, target);
    }

    /** The grid of the results. */
    public final Geometry target() {
        return target;
    }

    /**
     * Computes one plane.
     *
     * @param i the index along axis 0 of the target
     * @param plane takes h x w values of the target, last axis fastest
     */
    public abstract void plane(int i, float[] plane);

    /** All planes in one new volume, computed on all cores. */
    public final Volume volume() {
        Shape3 shape = target.shape();
        float[] voxels = new float[shape.length()];
        int size = shape.h() * shape.w();
        IntStream.range(0, shape.d()).parallel().forEach(i -> {
            float[] plane = new float[size];
            plane(i, plane);
            System.arraycopy(plane, 0, voxels, i * size, size);
        });
        return new Volume(target, voxels);
    }
}
