package io.deformux.network.architecture.deformux;

import io.deformux.network.torchscript.ModuleTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules of a DeformUX-Net of some configuration: the one place that knows names, shapes and their order. */
final class NetworkStructure {
    private static final String BLOCKS = "__torch__.deformux.blocks.";
    private static final String NETWORK = "__torch__.deformux.network.";
    /** Sampling positions of a 3x3x3 kernel, three axes each. */
    private static final int OFFSET_CHANNELS = 81;
    /** The channel-wise scaling widens each channel to four and back. */
    private static final int WIDENING = 4;

    private NetworkStructure() {}

    /** The whole network. */
    static ModuleTree of(DeformUxNetConfig config) {
        List<Integer> f = config.featureSizes();
        int[] encoder = {config.inChannels(), f.get(0), f.get(1), f.get(2), f.get(3), config.hidden()};
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("deformuxnet_3d", backbone(config));
        for (int level = 1; level <= 5; level++) {
            children.put("encoder" + level, encoderLevel(encoder[level - 1], encoder[level]));
        }
        for (int level = 5; level >= 2; level--) {
            children.put("decoder" + level, decoderLevel(encoder[level], encoder[level - 1]));
        }
        children.put("decoder1", encoderLevel(f.get(0), f.get(0)));
        ModuleTree convolution = convolution(config.outChannels(), f.get(0), 1);
        children.put(
                "out",
                group(
                        NETWORK + "Head",
                        Map.of("conv", group(BLOCKS + "WrappedConvolution", Map.of("conv", convolution)))));
        return group(NETWORK + "DeformUxNet", children);
    }

    private static ModuleTree backbone(DeformUxNetConfig config) {
        List<Integer> f = config.featureSizes();
        Map<String, ModuleTree> downsamples = new LinkedHashMap<>();
        Map<String, ModuleTree> stages = new LinkedHashMap<>();
        Map<String, ModuleTree> norms = new LinkedHashMap<>();
        for (int i = 0; i < DeformUxNetConfig.STAGES; i++) {
            downsamples.put(
                    "" + i,
                    i == 0
                            ? sequence(
                                    "Stem", convolution(f.get(0), config.inChannels(), 7), norm("LayerNorm", f.get(0)))
                            : sequence(
                                    "Downsample",
                                    norm("LayerNorm", f.get(i - 1)),
                                    convolution(f.get(i), f.get(i - 1), 2)));
            ModuleTree[] blocks = new ModuleTree[config.depths().get(i)];
            for (int j = 0; j < blocks.length; j++) {
                blocks[j] = block(f.get(i), config.offsetKernel());
            }
            stages.put("" + i, sequence(stageType(blocks.length), blocks));
            norms.put("norm" + i, norm("LayerNorm", f.get(i)));
        }
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("downsample_layers", group(NETWORK + "DownsampleLayers", downsamples));
        children.put("stages", group(NETWORK + "Stages", stages));
        children.putAll(norms);
        return group(NETWORK + "Backbone", children);
    }

    /** The class of a stage with that many blocks. */
    static String stageType(int depth) {
        return "StageOf" + depth;
    }

    /** A deformable block of C channels. */
    static ModuleTree block(int c, int offsetKernel) {
        Map<String, int[]> ddc = new LinkedHashMap<>();
        ddc.put("weight", new int[] {c, 1, 3, 3, 3});
        ddc.put("bias", new int[] {c});
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put(
                "ddc",
                new ModuleTree(
                        BLOCKS + "DepthwiseDeformableConvolution",
                        ddc,
                        Map.of("conv_offset", convolution(OFFSET_CHANNELS, c, offsetKernel))));
        children.put("norm", norm("LayerNormChannelsLast", c));
        children.put("pwconv1", convolution(WIDENING * c, 1, 1));
        children.put("pwconv2", convolution(c, WIDENING, 1));
        return new ModuleTree(BLOCKS + "DeformUxBlock", Map.of("gamma", new int[] {c}), children);
    }

    /** A level of the encoder; projects its input if the channel counts differ. */
    static ModuleTree encoderLevel(int in, int out) {
        String type = in == out ? "EncoderLevel" : "ProjectedEncoderLevel";
        return group(BLOCKS + type, Map.of("layer", residualBlock(in, out)));
    }

    /** A level of the decoder; its residual block sees the upsampled map and the skip. */
    static ModuleTree decoderLevel(int in, int out) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("transp_conv", wrappedKernel(in, out, 2));
        children.put("conv_block", residualBlock(2 * out, out));
        return group(BLOCKS + "DecoderLevel", children);
    }

    /** A norm over c channels of the given class. */
    static ModuleTree norm(String type, int c) {
        return withBias(type, c);
    }

    private static ModuleTree residualBlock(int in, int out) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("conv1", wrappedKernel(out, in, 3));
        children.put("conv2", wrappedKernel(out, out, 3));
        if (in != out) {
            children.put("conv3", wrappedKernel(out, in, 1));
        }
        return group(BLOCKS + (in == out ? "ResidualBlock" : "ProjectedResidualBlock"), children);
    }

    private static ModuleTree wrappedKernel(int first, int second, int k) {
        ModuleTree kernel =
                new ModuleTree(BLOCKS + "Kernel", Map.of("weight", new int[] {first, second, k, k, k}), Map.of());
        return group(BLOCKS + "WrappedKernel", Map.of("conv", kernel));
    }

    private static ModuleTree convolution(int out, int in, int k) {
        return withBias("Convolution", out, in, k, k, k);
    }

    private static ModuleTree withBias(String type, int... weight) {
        Map<String, int[]> parameters = new LinkedHashMap<>();
        parameters.put("weight", weight);
        parameters.put("bias", new int[] {weight[0]});
        return new ModuleTree(BLOCKS + type, parameters, Map.of());
    }

    private static ModuleTree sequence(String type, ModuleTree... steps) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        for (int n = 0; n < steps.length; n++) {
            children.put("" + n, steps[n]);
        }
        return group(NETWORK + type, children);
    }

    private static ModuleTree group(String type, Map<String, ModuleTree> children) {
        return new ModuleTree(type, Map.of(), children);
    }
}
