package io.deformux.network.architecture.nnunet;

import java.util.List;
import java.util.Optional;

/**
 * Convolutions of the encoder, one after the other, a norm and an activation behind each. They have the kernel of their level.
 *
 * @param units where they stand
 * @param in channels
 * @param out channels
 * @param stride of the first one
 * @param shortcut how the input is added before the last activation, if it is
 */
record UNetBlock(List<UnitPaths> units, int in, int out, List<Integer> stride, Optional<Shortcut> shortcut) {
    /** A stride of one voxel, and a kernel of one. */
    static final List<Integer> POINT = List.of(1, 1, 1);

    /**
     * How an input becomes as large as the output.
     *
     * @param projection a convolution of one voxel without bias, and its norm, where the input is not added as it is
     * @param pooled whether the input is averaged over the stride, which otherwise the projection has
     */
    record Shortcut(Optional<UnitPaths> projection, boolean pooled) {}

    /** The only block of a level, without a shortcut. */
    static UNetBlock plain(NnUNetConfig config, int level, List<UnitPaths> units) {
        return new UNetBlock(
                units,
                config.below(level),
                config.features().get(level),
                config.strides().get(level),
                Optional.empty());
    }
}
