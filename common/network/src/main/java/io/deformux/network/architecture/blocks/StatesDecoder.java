package io.deformux.network.architecture.blocks;

import io.deformux.network.torchscript.ModuleTree;
import java.util.List;
import java.util.Optional;

/**
 * The modules of a network that is a transformer and a convolutional decoder which joins its hidden states: which of them a state
 * goes through. Networks of this kind differ in the transformer, whose text alone says what it computes, and in what a state goes
 * through on its way.
 *
 * @param root the whole network
 * @param transformer the transformer by itself, under the names that it has in the network: its {@code states(self, x: Tensor) ->
 *     List[Tensor]} takes an image (N, in, D, H, W) to maps (N, D', H', W', C), contiguous, the finest first
 * @param bottom what the last state goes through
 * @param skips what the others and the image go through, from the last but one to the first, then the image
 * @param decoders each joined by the skip of the same place, the deepest first
 * @param head the convolution that gives the logits
 */
public record StatesDecoder(
        ModuleTree root,
        ModuleTree transformer,
        Optional<ResidualModules> bottom,
        List<Skip> skips,
        List<LevelModules> decoders,
        ModuleTree head) {

    /** Copies the lists. */
    public StatesDecoder {
        skips = List.copyOf(skips);
        decoders = List.copyOf(decoders);
    }

    /** What a map goes through before it is joined. */
    public sealed interface Skip {}

    /** Nothing. */
    public record Untouched() implements Skip {}

    /** A residual block. */
    public record Encoded(ResidualModules block) implements Skip {}

    /** Twice as many voxels along each axis, several times over. */
    public record Climbing(List<Step> steps) implements Skip {
        /** Copies the list. */
        public Climbing {
            steps = List.copyOf(steps);
        }
    }

    /** Once: the transposed convolution, and what is behind it. */
    public record Step(ModuleTree doubling, Optional<ResidualModules> block) {}
}
