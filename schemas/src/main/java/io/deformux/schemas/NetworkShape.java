package io.deformux.schemas;

import java.util.List;

/**
 * The shape of a DeformUX-Net, apart from its output channels, which the data set's labels decide.
 *
 * @param featureSizes channels of the four backbone stages
 * @param depths deformable blocks of the four stages
 * @param hidden channels at the deepest level
 * @param offsetKernel 3 or 1: the size of the convolution that predicts the sampling offsets
 */
public record NetworkShape(List<Integer> featureSizes, List<Integer> depths, int hidden, int offsetKernel) {
    /** The published network (arXiv 2310.00199). */
    public static final NetworkShape PUBLISHED =
            new NetworkShape(List.of(48, 96, 192, 384), List.of(2, 2, 2, 2), 768, 3);

    /** A shape; the lists are copied. */
    public NetworkShape {
        featureSizes = List.copyOf(featureSizes);
        depths = List.copyOf(depths);
    }
}
