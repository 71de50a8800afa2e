package io.deformux.network.checkpoint;

import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weights and the configuration that their shapes tell.
 *
 * <p>The published code writes the convolution that predicts the offsets with kernel 1 and padding 1, and then reads its
 * larger map as if it were not padded; each offset so belongs to another place. Weights trained that way are told by
 * their kernel of 1, and are run with padding 0 here: their labels can differ from what that code gives.
 *
 * @param config fits the weights
 * @param weights every parameter of the configuration and no other, all finite
 */
public record ConfiguredWeights(DeformUxNetConfig config, Weights weights) {
    private static final Pattern BLOCK = Pattern.compile("deformuxnet_3d\\.stages\\.([0-3])\\.(\\d{1,4})\\..*");

    /**
     * Tells the configuration. Where the tensor that shows a number is missing, the number is that of the published
     * network, so that every missing tensor can be named.
     *
     * @throws io.deformux.failure.JobException MODEL_INVALID listing the tensors that are missing, extra, wrongly shaped
     *     or not finite
     */
    public static ConfiguredWeights of(Weights weights) {
        try {
            DeformUxNetConfig config = config(weights);
            config.modules().requireFit(weights);
            return new ConfiguredWeights(config, weights);
        } catch (IllegalArgumentException e) {
            throw Refusal.because(e.getMessage());
        }
    }

    private static DeformUxNetConfig config(Weights weights) {
        DeformUxNetConfig published = DeformUxNetConfig.published(size(weights, "out.conv.conv.weight", 0, 2));
        List<Integer> featureSizes = new ArrayList<>();
        for (int stage = 0; stage < DeformUxNetConfig.STAGES; stage++) {
            featureSizes.add(size(
                    weights,
                    "deformuxnet_3d.norm" + stage + ".weight",
                    0,
                    published.featureSizes().get(stage)));
        }
        return new DeformUxNetConfig(
                size(weights, "deformuxnet_3d.downsample_layers.0.0.weight", 1, published.inChannels()),
                published.outChannels(),
                featureSizes,
                depths(weights, published.depths()),
                size(weights, "encoder5.layer.conv1.conv.weight", 0, published.hidden()),
                size(weights, "deformuxnet_3d.stages.0.0.ddc.conv_offset.weight", 2, published.offsetKernel()));
    }

    private static int size(Weights weights, String name, int axis, int otherwise) {
        Tensor tensor = weights.tensors().get(name);
        return tensor == null || tensor.shape().length <= axis ? otherwise : tensor.shape()[axis];
    }

    private static List<Integer> depths(Weights weights, List<Integer> otherwise) {
        int[] depths = new int[DeformUxNetConfig.STAGES];
        for (String name : weights.tensors().keySet()) {
            Matcher block = BLOCK.matcher(name);
            if (block.matches()) {
                int stage = Integer.parseInt(block.group(1));
                depths[stage] = Math.max(depths[stage], Integer.parseInt(block.group(2)) + 1);
            }
        }
        List<Integer> all = new ArrayList<>();
        for (int stage = 0; stage < depths.length; stage++) {
            all.add(depths[stage] == 0 ? otherwise.get(stage) : depths[stage]);
        }
        return all;
    }
}
