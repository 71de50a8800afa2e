package io.deformux.transform;

import io.deformux.volume.Shape3;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Restoration under any map of indices, voxel by voxel as the definition says. It keeps the probabilities of the whole
 * cropped image, because every plane of the scan may need every plane of it. Used for sheared scans, and the plain twin of
 * {@link SeparableRestoration}.
 */
final class ShearedRestoration extends LabelRestoration {
    private final float[][] planes;

    ShearedRestoration(Grids grids, CropBox box, int classes) {
        super(grids, box, classes);
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
            Corners corners = new Corners(grids(), box());
            for (int j = 0; j < scan.h(); j++) {
                for (int k = 0; k < scan.w(); k++) {
                    labels[scan.index(i, j, k)] = (byte) label(corners, corners.around(i, j, k));
                }
            }
        });
        return labels;
    }

    /** The class with the largest sum of weighted probabilities. */
    private int label(Corners corners, int used) {
        int best = 0;
        float largest = 0;
        for (int c = 0; c < classes() && used > 0; c++) {
            float sum = 0;
            int offset = c * box().shape().h() * box().shape().w();
            for (int n = 0; n < used; n++) {
                sum += corners.weight(n) * planes[corners.plane(n)][offset + corners.voxel(n)];
            }
            if (sum > largest) {
                largest = sum;
                best = c;
            }
        }
        return best;
    }
}
