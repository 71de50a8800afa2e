package io.deformux.transform;

import io.deformux.volume.Affine;
import io.deformux.volume.IndexMap;
import io.deformux.volume.LinearAxis;
import io.deformux.volume.Shape3;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Restoration under any map of indices, voxel by voxel as the definition says. It keeps the probabilities of the whole
 * cropped image, because every plane of the scan may need every plane of it. Used for sheared scans, and the plain twin of
 * {@link SeparableRestoration}.
 */
final class ShearedRestoration extends LabelRestoration {
    private final Affine map;
    private final float[][] planes;

    ShearedRestoration(Grids grids, CropBox box, int classes, IndexMap map) {
        super(grids, box, classes);
        this.map = map.matrix();
        this.planes = new float[box.shape().d()][];
    }

    @Override
    void restore(int plane, float[] probabilities) {
        planes[plane] = Arrays.copyOf(probabilities, planeLength());
    }

    @Override
    byte[] complete() {
        Shape3 scan = grids().source().shape();
        byte[] labels = new byte[scan.length()];
        IntStream.range(0, scan.d()).parallel().forEach(i -> {
            Corners corners = new Corners();
            for (int j = 0; j < scan.h(); j++) {
                for (int k = 0; k < scan.w(); k++) {
                    labels[scan.index(i, j, k)] = (byte) corners.label(map.apply(i, j, k));
                }
            }
        });
        return labels;
    }

    /** The up to eight network voxels around a position, with their weights. */
    private final class Corners {
        private final int[] low = new int[3];
        private final double[] fraction = new double[3];
        private final int[] plane = new int[8];
        private final int[] voxel = new int[8];
        private final float[] weight = new float[8];

        int label(double[] position) {
            Shape3 oriented = grids().oriented().shape();
            for (int axis = 0; axis < 3; axis++) {
                double at = LinearAxis.clamp(position[axis], oriented.axis(axis));
                low[axis] = (int) at - box().start(axis);
                fraction[axis] = at - (int) at;
            }
            int used = collect();
            int best = 0;
            float largest = 0;
            for (int c = 0; c < classes() && used > 0; c++) {
                float sum = 0;
                int offset = c * box().shape().h() * box().shape().w();
                for (int n = 0; n < used; n++) {
                    sum += weight[n] * planes[plane[n]][offset + voxel[n]];
                }
                if (sum > largest) {
                    largest = sum;
                    best = c;
                }
            }
            return best;
        }

        private int collect() {
            Shape3 shape = box().shape();
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
    }
}
