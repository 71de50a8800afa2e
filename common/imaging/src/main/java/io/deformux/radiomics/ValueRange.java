package io.deformux.radiomics;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;

/**
 * What values a structure has, found without cutting it out.
 *
 * @param voxels how many voxels it has, also those without a value
 * @param least the lowest of its values that are numbers
 * @param most the highest; below the lowest if there is none
 */
record ValueRange(long voxels, float least, float most) {

    /** That of a label in its box. */
    static ValueRange of(Volume scan, LabelMap labels, int label, Box box) {
        Shape3 grid = labels.geometry().shape();
        long voxels = 0;
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < box.shape().d(); i++) {
            for (int j = 0; j < box.shape().h(); j++) {
                int from = grid.index(box.first()[0] + i, box.first()[1] + j, box.first()[2]);
                for (int n = from; n < from + box.shape().w(); n++) {
                    if ((labels.labels()[n] & 0xff) == label) {
                        voxels++;
                        float value = scan.voxels()[n];
                        if (Float.isFinite(value)) {
                            least = Math.min(least, value);
                            most = Math.max(most, value);
                        }
                    }
                }
            }
        }
        return new ValueRange(voxels, least, most);
    }

    boolean isEmpty() {
        return least > most;
    }
}
