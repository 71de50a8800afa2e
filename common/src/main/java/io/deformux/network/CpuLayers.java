package io.deformux.network;

import ai.djl.ndarray.NDArray;
import io.deformux.network.Layers.Convolution;
import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.ChannelScaling;
import io.deformux.network.kernel.DeformableBlockPass;
import io.deformux.network.kernel.DeformableConvolution;
import io.deformux.network.kernel.HeadPass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.LayerNormPass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The parameters of a network as {@link CpuForward} wants them: laid out channels last, folded, repeated. Taken from a
 * loaded network once; later changes of its parameters may not show. Its arrays live where the parameters live.
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
            Convolution down,
            Optional<LayerNormPass> after,
            List<Block> blocks,
            LayerNormPass out) {}

    /** A deformable block: the convolution that predicts offsets, and all that follows. */
    record Block(Convolution offsets, DeformableBlockPass pass) {}

    /** A residual block; the projection is a matrix (in, out), none if the channels stay. */
    record Residual(Convolution first, Convolution second, Optional<NDArray> projection) {}

    /** A level of the decoder: the transposed convolution as a matrix (in, 8 out), taps before channels. */
    record Decoder(NDArray doubling, Residual block) {}

    /**
     * Prepares the parameters.
     *
     * @param parameters by state-dict name, on the CPU
     * @param values the same as floats
     */
    static CpuLayers of(
            NetworkConfig config, Map<String, NDArray> parameters, Weights values, Layers layers, Kernels kernels) {
        return new Builder(parameters, values, layers, kernels).build(config);
    }

    /** Looks parameters up by name and prepares them. */
    private record Builder(Map<String, NDArray> parameters, Weights values, Layers layers, Kernels kernels) {

        CpuLayers build(NetworkConfig config) {
            return new CpuLayers(
                    IntStream.range(0, NetworkConfig.STAGES)
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
            int padding = (int) array(offsets + ".weight").getShape().get(2) / 2;
            float[] gamma = floats(name + ".gamma");
            ChannelScaling scaling = ChannelScaling.fold(
                    floats(name + ".norm.weight"),
                    floats(name + ".norm.bias"),
                    floats(name + ".pwconv1.weight"),
                    floats(name + ".pwconv1.bias"),
                    floats(name + ".pwconv2.weight"),
                    floats(name + ".pwconv2.bias"),
                    gamma,
                    DeformableBlockPass.rows(gamma.length));
            DeformableConvolution convolution =
                    new DeformableConvolution(kernels, floats(name + ".ddc.weight"), floats(name + ".ddc.bias"));
            return new Block(convolution(offsets, 1, padding), new DeformableBlockPass(kernels, convolution, scaling));
        }

        private Residual residual(String name) {
            return new Residual(
                    layers.same(array(name + ".conv1.conv.weight")),
                    layers.same(array(name + ".conv2.conv.weight")),
                    Optional.ofNullable(parameters.get(name + ".conv3.conv.weight"))
                            .map(Builder::projection));
        }

        private Decoder decoder(int level) {
            NDArray weight = array("decoder" + level + ".transp_conv.conv.weight");
            return new Decoder(doubling(weight), residual("decoder" + level + ".conv_block"));
        }

        private Convolution convolution(String name, int stride, int padding) {
            return layers.of(array(name + ".weight"), array(name + ".bias"), stride, padding);
        }

        private LayerNormPass norm(String name) {
            return new LayerNormPass(kernels, new ChannelAffine(floats(name + ".weight"), floats(name + ".bias")));
        }

        private NDArray array(String name) {
            return parameters.get(name);
        }

        private float[] floats(String name) {
            return values.get(name).values();
        }

        private static NDArray projection(NDArray weight) {
            try (NDArray matrix = weight.reshape(
                            weight.getShape().get(0), weight.getShape().get(1));
                    NDArray transposed = matrix.transpose()) {
                return transposed.duplicate();
            }
        }

        /** (in, out, 2, 2, 2) to (in, 8 out). */
        private static NDArray doubling(NDArray weight) {
            try (NDArray last = weight.transpose(0, 2, 3, 4, 1);
                    NDArray laidOut = last.duplicate()) {
                return laidOut.reshape(
                        weight.getShape().get(0), 8 * weight.getShape().get(1));
            }
        }
    }
}
