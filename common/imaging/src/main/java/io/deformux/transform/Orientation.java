package io.deformux.transform;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.IndexMap;
import io.deformux.volume.Shape3;

/**
 * The permutation and flips of axes that bring a stored grid nearest to RAS+ (axis 0 towards the patient's right, 1
 * anterior, 2 superior), or to other axes along the patient's. Nothing is resampled: an oblique grid stays oblique. Immutable.
 */
public final class Orientation {
    /** Axes as they are stored. */
    static final Orientation NONE = new Orientation(new int[] {0, 1, 2}, new boolean[3]);

    private final int[] storedAxis;
    private final boolean[] flipped;

    private Orientation(int[] storedAxis, boolean[] flipped) {
        this.storedAxis = storedAxis;
        this.flipped = flipped;
    }

    /**
     * The way from a grid with this affine to RAS+. Each stored axis in turn takes the patient axis that it follows
     * most closely among those left, measured on the rotation nearest to the axis directions (as nibabel's
     * {@code io_orientation} does, so that the two agree on sheared affines too).
     */
    public static Orientation toRas(Affine affine) {
        Affine rotation = nearestRotation(affine);
        int[] storedAxis = {-1, -1, -1};
        boolean[] flipped = new boolean[3];
        for (int stored = 0; stored < 3; stored++) {
            int best = -1;
            for (int ras = 0; ras < 3; ras++) {
                if (storedAxis[ras] < 0
                        && (best < 0 || Math.abs(rotation.at(ras, stored)) > Math.abs(rotation.at(best, stored)))) {
                    best = ras;
                }
            }
            storedAxis[best] = stored;
            flipped[best] = rotation.at(best, stored) < 0;
        }
        return new Orientation(storedAxis, flipped);
    }

    /**
     * From the axes that this one leads to further on.
     *
     * @param axes for each new axis the one of ours that it is
     * @param reversed whether it runs the other way
     */
    Orientation then(int[] axes, boolean[] reversed) {
        int[] stored = new int[axes.length];
        boolean[] flips = new boolean[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            stored[axis] = storedAxis[axes[axis]];
            flips[axis] = flipped[axes[axis]] ^ reversed[axis];
        }
        return new Orientation(stored, flips);
    }

    /** The orthogonal factor of the polar decomposition, by Newton's iteration R = (R + R^-T) / 2 (Higham 1986). */
    private static Affine nearestRotation(Affine affine) {
        double[] spacing = affine.spacing();
        double[] r = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                r[row * 4 + column] = affine.at(row, column) / spacing[column];
            }
        }
        Affine rotation = Affine.of(r);
        for (int step = 0; step < 30; step++) {
            Affine inverse = rotation.inverse();
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    r[row * 4 + column] = (rotation.at(row, column) + inverse.at(column, row)) / 2;
                }
            }
            rotation = Affine.of(r);
        }
        return rotation;
    }

    /** The stored axis that becomes axis {@code ras}, of RAS+ or of what else it leads to. */
    public int storedAxis(int ras) {
        return storedAxis[ras];
    }

    /** Whether that axis runs against its stored one. */
    public boolean flipped(int ras) {
        return flipped[ras];
    }

    /** A stored grid, oriented. */
    Geometry apply(Geometry stored) {
        Affine toStored = fromStored(stored.shape()).matrix().inverse();
        return new Geometry(apply(stored.shape()), stored.affine().times(toStored));
    }

    /** A stored shape, oriented. */
    Shape3 apply(Shape3 stored) {
        return new Shape3(stored.axis(storedAxis[0]), stored.axis(storedAxis[1]), stored.axis(storedAxis[2]));
    }

    /** A part of a stored grid of that shape, oriented. */
    CropBox apply(CropBox box, Shape3 stored) {
        int[] start = new int[3];
        for (int ras = 0; ras < 3; ras++) {
            int axis = storedAxis[ras];
            start[ras] = flipped[ras] ? stored.axis(axis) - box.end(axis) : box.start(axis);
        }
        return new CropBox(start[0], start[1], start[2], apply(box.shape()));
    }

    /** From the voxel indices of a stored grid of that shape to the oriented ones. */
    IndexMap fromStored(Shape3 stored) {
        double[] rows = new double[12];
        for (int ras = 0; ras < 3; ras++) {
            int axis = storedAxis[ras];
            rows[ras * 4 + axis] = flipped[ras] ? -1 : 1;
            rows[ras * 4 + 3] = flipped[ras] ? stored.axis(axis) - 1 : 0;
        }
        return new IndexMap(Affine.of(rows));
    }
}
