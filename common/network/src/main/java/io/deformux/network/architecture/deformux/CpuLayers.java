package io.deformux.network.architecture.deformux;

import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.Convolutions;
import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.DeformableBlockPass;
import io.deformux.network.kernel.DeformablePass;
import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.FoldedScaling;
import io.deformux.network.kernel.HeadPass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.LayerNormPass;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The parameters of a network as {@link CpuForward} wants them: laid out channels last, folded, repeated. Its convolutions
 * live where {@link Convolutions} keeps them.
 *
 * @param stages the backbone
 * @param encoders levels 1 to 5
 * @param decoders levels 5 to 2
 * @param last the residual block without projection at the end
 * @param head the end
 */
record CpuLayers(List<Stage> stages, List<Residual> encoders, List<Decoder> decoders, Residual last, HeadPass head) {

    /**
     * A stage of the backbone.
     *
     * @param before the norm before the convolution, none in the first stage
     * @param down the convolution to half the size
     * @param after the norm behind the convolution, in the first stage only
     * @param blocks the deformable blocks
     * @param out the norm of the map that is handed out
     */
    record Stage(
            Optional<LayerNormPass> before,
            ConvolutionLayer down,
            Optional<LayerNormPass> after,
            List<Block> blocks,
            LayerNormPass out) {}

    /** A deformable block: the convolution that predicts offsets, and all that follows. */
    record Block(ConvolutionLayer offsets, DeformableBlockPass pass) {}

    /** A residual block; no projection if the channels stay. */
    record Residual(ConvolutionLayer first, ConvolutionLayer second, Optional<ConvolutionLayer> projection) {}

    /** A level of the decoder; the transposed convolution gives the voxels of a cell as channels. */
    record Decoder(ConvolutionLayer doubling, Residual block) {}

    /**
     * Prepares the parameters.
     *
     * @param weights of that configuration, as the precision of the maps holds them
     */
    static CpuLayers of(DeformUxNetConfig config, Weights weights, Convolutions convolutions, Kernels kernels) {
        return new Builder(weights, convolutions, kernels).build(config);
    }

    /** Looks parameters up by name and prepares them. */
    private record Builder(Weights weights, Convolutions convolutions, Kernels kernels) {

        CpuLayers build(DeformUxNetConfig config) {
            return new CpuLayers(
                    IntStream.range(0, DeformUxNetConfig.STAGES)
                            .mapToObj(i -> stage(i, config.depths().get(i)))
                            .toList(),
                    IntStream.rangeClosed(1, 5)
                            .mapToObj(i -> residual("encoder" + i + ".layer"))
                            .toList(),
                    List.of(decoder(5), decoder(4), decoder(3), decoder(2)),
                    residual("decoder1.layer"),
                    new HeadPass(kernels, floats("out.conv.conv.weight"), floats("out.conv.conv.bias")));
        }

        private Stage stage(int i, int depth) {
            String down = "deformuxnet_3d.downsample_layers." + i;
            List<Block> blocks = IntStream.range(0, depth)
                    .mapToObj(j -> block("deformuxnet_3d.stages." + i + "." + j))
                    .toList();
            LayerNormPass out = norm("deformuxnet_3d.norm" + i);
            return i == 0
                    ? new Stage(
                            Optional.empty(),
                            convolution(down + ".0", 2, 3),
                            Optional.of(norm(down + ".1")),
                            blocks,
                            out)
                    : new Stage(
                            Optional.of(norm(down + ".0")),
                            convolution(down + ".1", 2, 0),
                            Optional.empty(),
                            blocks,
                            out);
        }

        private Block block(String name) {
            String offsets = name + ".ddc.conv_offset";
            int padding = weights.get(offsets + ".weight").shape()[2] / 2;
            float[] gamma = floats(name + ".gamma");
            FoldedScaling scaling = FoldedScaling.fold(
                    floats(name + ".norm.weight"),
                    floats(name + ".norm.bias"),
                    floats(name + ".pwconv1.weight"),
                    floats(name + ".pwconv1.bias"),
                    floats(name + ".pwconv2.weight"),
                    floats(name + ".pwconv2.bias"),
                    gamma,
                    DeformableBlockPass.rows(gamma.length));
            DeformablePass convolution =
                    new DeformablePass(kernels, floats(name + ".ddc.weight"), floats(name + ".ddc.bias"));
            return new Block(convolution(offsets, 1, padding), new DeformableBlockPass(kernels, convolution, scaling));
        }

        private Residual residual(String name) {
            String projection = name + ".conv3.conv";
            return new Residual(
                    same(name + ".conv1.conv"),
                    same(name + ".conv2.conv"),
                    weights.tensors().containsKey(projection + ".weight")
                            ? Optional.of(same(projection))
                            : Optional.empty());
        }

        private Decoder decoder(int level) {
            String name = "decoder" + level + ".transp_conv.conv";
            Tensor weight = weights.get(name + ".weight");
            return new Decoder(
                    convolutions.layer(DenseConvolution.doubling(name, weight.values(), weight.shape())),
                    residual("decoder" + level + ".conv_block"));
        }

        /** Without bias, as many voxels out as in. */
        private ConvolutionLayer same(String name) {
            Tensor weight = weights.get(name + ".weight");
            return convolutions.layer(
                    DenseConvolution.of(name, weight.values(), new float[0], weight.shape(), 1, weight.shape()[2] / 2));
        }

        private ConvolutionLayer convolution(String name, int stride, int padding) {
            Tensor weight = weights.get(name + ".weight");
            return convolutions.layer(DenseConvolution.of(
                    name, weight.values(), floats(name + ".bias"), weight.shape(), stride, padding));
        }

        private LayerNormPass norm(String name) {
            return new LayerNormPass(kernels, new ChannelAffine(floats(name + ".weight"), floats(name + ".bias")));
        }

        private float[] floats(String name) {
            return weights.get(name).values();
        }
    }
}
