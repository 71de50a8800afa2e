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

    ShearedRestoration(Grids grids, CropBox box, int classes, LabelRule rule) {
        super(grids, box, classes, rule);
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

    /** The class by the sums of weighted probabilities. */
    private int label(Corners corners, int used) {
        if (used == 0) {
            return 0;
        }
        float[] sums = new float[classes()];
        for (int c = 0; c < classes(); c++) {
            int offset = c * box().shape().h() * box().shape().w();
            for (int n = 0; n < used; n++) {
                sums[c] += corners.weight(n) * planes[corners.plane(n)][offset + corners.voxel(n)];
            }
        }
        return rule().label(sums, 0, classes(), 1);
    }
}
