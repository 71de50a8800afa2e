package io.deformux.network.architecture.layered;

import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.StageModules;
import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.kernel.LayerNormPass;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a network as {@link CpuForward} wants them: laid out channels last, folded, repeated. Its convolutions
 * live where {@link io.deformux.network.cpu.Convolutions} keeps them.
 *
 * @param stages the backbone
 * @param encoders levels 1 to 5
 * @param decoders levels 5 to 2
 * @param last the residual block without projection at the end
 * @param head the end
 */
record CpuLayers(
        List<Stage> stages,
        List<ResidualPass> encoders,
        List<DecodingPass> decoders,
        ResidualPass last,
        HeadPass head) {

    /**
     * A stage of the backbone.
     *
     * @param before the norm before the convolution, none in the first stage
     * @param down the convolution to half the size
     * @param after the norm behind the convolution, in the first stage only
     * @param blocks the blocks
     * @param out the norm of the map that is handed out
     */
    record Stage(
            Optional<LayerNormPass> before,
            ConvolutionLayer down,
            Optional<LayerNormPass> after,
            List<BlockPass> blocks,
            LayerNormPass out) {}

    /** Prepares the parameters. */
    static <B> CpuLayers of(EncoderDecoder<B> modules, BlockLayers<B> blocks, LayerWeights weights) {
        return new Builder<>(blocks, weights).build(modules);
    }

    /** Prepares part by part. */
    private record Builder<B>(BlockLayers<B> blocks, LayerWeights weights) {

        CpuLayers build(EncoderDecoder<B> modules) {
            return new CpuLayers(
                    modules.stages().stream().map(this::stage).toList(),
                    modules.encoders().stream().map(weights::residual).toList(),
                    modules.decoders().stream().map(weights::level).toList(),
                    weights.residual(modules.last()),
                    weights.head(modules.head()));
        }

        private Stage stage(StageModules<B> stage) {
            return new Stage(
                    stage.before().map(weights::norm),
                    weights.convolution(stage.convolution()),
                    stage.after().map(weights::norm),
                    stage.blocks().stream()
                            .map(block -> blocks.prepare(block, weights))
                            .toList(),
                    weights.norm(stage.out()));
        }
    }
}
