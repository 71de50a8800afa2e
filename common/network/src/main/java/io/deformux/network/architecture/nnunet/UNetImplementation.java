package io.deformux.network.architecture.nnunet;

import io.deformux.network.weights.Weights;
import java.util.Collections;
import java.util.List;

/**
 * An implementation of the network: what its state dict calls the layers, in which order, and what it computes otherwise than
 * others. What has an answer here is as nnU-Net itself has it. Levels count from 0, the finest; steps of the decoder from 0, the deepest: step u gives level {@code levels - 2 - u}.
 */
interface UNetImplementation {

    /** All of them. */
    List<UNetImplementation> ALL =
            List.of(new DynUNet(), new GenericUNet(), new ResidualEncoderUNet(), new PlainConvUNet());

    /** What settings call it. */
    String id();

    /** What names of a state dict of it, and of none of the implementations before it in the list, start with. */
    String mark();

    /** The blocks of the encoder at a level, one after the other. */
    List<UNetBlock> encoder(NnUNetConfig config, int level);

    /** The path of the first convolution of a block that {@link NnUNetConfig#blocks} counts. */
    String block(int level, int levels, int block);

    /** Whether a block with a shortcut is that alone at first: the norm before the addition begins with weights of 0. */
    default boolean beginsAtShortcuts() {
        return false;
    }

    /** The path of the convolution that sees the image. */
    default String entrance(int levels) {
        return block(0, levels, 0);
    }

    /** How many blocks each level of the encoder has where nothing is said, the finest first. */
    default List<Integer> publishedBlocks(int levels) {
        return Collections.nCopies(levels, 2);
    }

    /** The same for the convolutions of the decoder. */
    default List<Integer> publishedDecoder(int levels) {
        return Collections.nCopies(levels - 1, 2);
    }

    /** Whether these numbers can be others. */
    boolean varies();

    /** A layer of the decoder, counted from 0. */
    UnitPaths decoder(int step, int unit);

    /** The path of a transposed convolution. */
    String doubling(int step);

    /** The path of the convolution that gives the logits of a level. */
    String head(int level, int levels);

    /** How many levels have logits, of a network that is trained with so many outputs beside the finest one. */
    default int heads(int levels, int supervised) {
        return levels - 1;
    }

    /** With how many outputs beside the finest one the network is trained where nothing is said. */
    default int publishedSupervision(int levels) {
        return levels - 2;
    }

    /** Whether the loss of the deepest level that has logits counts nothing. */
    default boolean deepestIsMute() {
        return true;
    }

    /** Whether convolutions have biases. */
    default boolean biased() {
        return true;
    }

    /** Whether the convolutions that give logits have biases. */
    boolean headBiased();

    /** Whether transposed convolutions have biases. */
    default boolean transposedBiased(UNetOptions options) {
        return options.transposedBias();
    }

    /** The level whose kernel size the decoder has at a level. */
    int kernelLevel(int level);

    /** The padding of a convolution along an axis. */
    int padding(int kernel, int stride);

    /** Names of modules in the order in which state dicts have them, where it matters. */
    List<String> order();

    /** A state dict without the second names that its tensors have. */
    Weights once(Weights checkpoint);

    /** Checks that there is such a network; throws {@link IllegalArgumentException}. */
    default void require(UNetOptions options) {
        if (!options.equals(UNetOptions.PLAIN)) {
            throw new IllegalArgumentException("residual, affineNorms and transposedBias can be set for " + DynUNet.ID
                    + " alone, not for " + id());
        }
    }
}
