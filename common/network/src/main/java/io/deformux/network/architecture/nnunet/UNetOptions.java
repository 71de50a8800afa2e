package io.deformux.network.architecture.nnunet;

/**
 * What {@link DynUNet} can do besides.
 *
 * @param residual whether the blocks of the encoder add their input
 * @param affineNorms whether norms have weights and biases
 * @param transposedBias whether transposed convolutions have biases
 */
record UNetOptions(boolean residual, boolean affineNorms, boolean transposedBias) {
    /** What nnU-Net has. */
    static final UNetOptions PLAIN = new UNetOptions(false, true, false);
}
