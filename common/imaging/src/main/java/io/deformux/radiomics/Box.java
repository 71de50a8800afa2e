package io.deformux.radiomics;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.Optional;

/**
 * The smallest box of voxels around a label.
 *
 * @param first its lowest indices
 * @param shape its size
 */
record Box(int[] first, Shape3 shape) {

    /** The box; nothing if the label is nowhere. */
    static Optional<Box> of(LabelMap labels, int label) {
        Shape3 grid = labels.geometry().shape();
        int[] first = grid.toArray();
        int[] last = {-1, -1, -1};
        int n = 0;
        for (int i = 0; i < grid.d(); i++) {
            for (int j = 0; j < grid.h(); j++) {
                for (int k = 0; k < grid.w(); k++, n++) {
                    if ((labels.labels()[n] & 0xff) == label) {
                        widen(first, last, 0, i);
                        widen(first, last, 1, j);
                        widen(first, last, 2, k);
                    }
                }
            }
        }
        return last[0] < 0
                ? Optional.empty()
                : Optional.of(new Box(
                        first, new Shape3(last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1)));
    }

    private static void widen(int[] first, int[] last, int axis, int index) {
        first[axis] = Math.min(first[axis], index);
        last[axis] = Math.max(last[axis], index);
    }
}
