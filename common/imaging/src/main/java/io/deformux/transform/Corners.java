package io.deformux.transform;

import io.deformux.volume.Affine;
import io.deformux.volume.LinearAxis;
import io.deformux.volume.Shape3;

/**
 * The up to eight voxels of the cropped image around a voxel of the scan, with their weights: trilinear interpolation, with
 * border clamping in the oriented grid, and nothing from outside the crop box. Belongs to one thread.
 */
public final class Corners {
    private final Affine map;
    private final Shape3 oriented;
    private final CropBox box;
    private final int[] low = new int[3];
    private final double[] fraction = new double[3];
    private final int[] plane = new int[8];
    private final int[] voxel = new int[8];
    private final float[] weight = new float[8];

    /** Corners in the part of the oriented grid that is {@code box}. */
    public Corners(Grids grids, CropBox box) {
        this.map = grids.sourceToOriented().matrix();
        this.oriented = grids.oriented().shape();
        this.box = box;
    }

    /** Looks around voxel (i, j, k) of the scan; returns how many corners there are. */
    public int around(int i, int j, int k) {
        double[] position = map.apply(i, j, k);
        for (int axis = 0; axis < 3; axis++) {
            double at = LinearAxis.clamp(position[axis], oriented.axis(axis));
            low[axis] = (int) at - box.start(axis);
            fraction[axis] = at - (int) at;
        }
        return collect();
    }

    private int collect() {
        Shape3 shape = box.shape();
        int used = 0;
        for (int corner = 0; corner < 8; corner++) {
            int i = low[0] + (corner >> 2);
            int j = low[1] + (corner >> 1 & 1);
            int k = low[2] + (corner & 1);
            double w = part(0, corner >> 2) * part(1, corner >> 1 & 1) * part(2, corner & 1);
            if (w > 0 && i >= 0 && j >= 0 && k >= 0 && i < shape.d() && j < shape.h() && k < shape.w()) {
                plane[used] = i;
                voxel[used] = j * shape.w() + k;
                weight[used] = (float) w;
                used++;
            }
        }
        return used;
    }

    private double part(int axis, int high) {
        return high == 1 ? fraction[axis] : 1 - fraction[axis];
    }

    /** The plane along axis 0 of the cropped image in which corner {@code n} is. */
    public int plane(int n) {
        return plane[n];
    }

    /** Which voxel of that plane it is, last axis fastest. */
    public int voxel(int n) {
        return voxel[n];
    }

    /** Its weight, above 0. */
    public float weight(int n) {
        return weight[n];
    }
}
