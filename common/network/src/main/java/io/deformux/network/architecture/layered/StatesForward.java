package io.deformux.network.architecture.layered;

import io.deformux.network.architecture.blocks.StatesDecoder;
import io.deformux.network.architecture.blocks.StatesDecoder.Climbing;
import io.deformux.network.architecture.blocks.StatesDecoder.Encoded;
import io.deformux.network.architecture.blocks.StatesDecoder.Skip;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.proof.ArithmeticProof;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The forward pass of one image through a transformer, by PyTorch, and the decoder that joins its hidden states, layer by
 * layer as {@link CpuForward}.
 *
 * @param bottom what the last state goes through
 * @param skips what the others and at last the image go through, each joined in the level of the same place
 */
record StatesForward(
        TransformerPass transformer,
        Optional<ResidualPass> bottom,
        List<BlockPass> skips,
        List<DecodingPass> levels,
        HeadPass head)
        implements LayeredForward {

    /**
     * Prepares the layers.
     *
     * @param transformer is owned
     */
    static StatesForward of(StatesDecoder modules, TransformerPass transformer, LayerWeights weights) {
        return new StatesForward(
                transformer,
                modules.bottom().map(weights::residual),
                modules.skips().stream().map(skip -> skip(skip, weights)).toList(),
                modules.decoders().stream().map(weights::level).toList(),
                weights.head(modules.head()));
    }

    private static BlockPass skip(Skip skip, LayerWeights weights) {
        if (skip instanceof Encoded encoded) {
            return weights.residual(encoded.block());
        }
        if (skip instanceof Climbing climbing) {
            return new ClimbPass(climbing.steps().stream()
                    .map(step -> new ClimbPass.Step(
                            weights.doubling(step.doubling()), step.block().map(weights::residual)))
                    .toList());
        }
        return (x, run) -> x;
    }

    @Override
    public void run(FeatureMap image, LayerRun run, FloatBuffer logits, int first) {
        List<FeatureMap> states = run.states(transformer, image);
        int deepest = states.size() - 1;
        FeatureMap x = states.get(deepest);
        if (bottom.isPresent()) {
            x = bottom.get().apply(x, run);
        }
        for (int level = 0; level < deepest; level++) {
            FeatureMap skip = skips.get(level).apply(states.get(deepest - 1 - level), run);
            x = levels.get(level).apply(x, skip, run);
        }
        levels.get(deepest).apply(x, skips.get(deepest).apply(image, run), run, head, logits, first);
    }

    @Override
    public void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof) {
        transformer.prove(image, d, h, w, proof);
    }

    @Override
    public String name(Kernels kernels) {
        return kernels.name() + " kernels behind a transformer as TorchScript";
    }

    @Override
    public void close() {
        transformer.close();
    }
}
