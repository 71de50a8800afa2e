package io.deformux.schemas;

import java.util.List;

/**
 * How crops are varied beside the recipe's shift and affine map, each with the numbers of nnU-Net.
 *
 * @param mirrorAxes along which axes crops are mirrored (0: from left to right, 1: from back to front, 2: from below to
 *     above), each in one half of the crops; none: not
 * @param elastic whether some crops are deformed elastically
 * @param gamma whether some crops have their intensities raised to a power
 * @param noise whether some crops get Gaussian noise
 */
public record Variations(List<Integer> mirrorAxes, boolean elastic, boolean gamma, boolean noise) {
    /** Keeps a copy. */
    public Variations {
        mirrorAxes = List.copyOf(mirrorAxes);
    }
}
