package io.deformux.network.architecture.repuxnet;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.CpuForm;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.architecture.blocks.EncoderDecoderConfig;
import io.deformux.network.architecture.layered.CpuNetwork;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.torchscript.SourceText;
import io.deformux.network.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What decides the shape of a 3D RepUX-Net, and how it learns.
 *
 * @param sizes channels and depths
 * @param kernel voxels along each axis of the depthwise convolutions, odd, 1 to 31; 21 is published
 * @param frequencyScaling the constant a of the taps' rates, in taps: at that distance from the centre a tap learns half as
 *     fast; above 0, at most 1000
 */
public record RepUxNetConfig(Sizes sizes, int kernel, double frequencyScaling)
        implements EncoderDecoderConfig<RepUxBlockModules> {
    private static final String BACKBONE = "repuxnet_3d";
    private static final int LARGEST_KERNEL = 31;
    private static final double LARGEST_SCALING = 1000;

    /** Checks kernel and scaling. */
    public RepUxNetConfig {
        Bounds.odd("kernel", kernel, LARGEST_KERNEL);
        if (!(frequencyScaling > 0) || frequencyScaling > LARGEST_SCALING) {
            throw new IllegalArgumentException(
                    "frequencyScaling must be above 0 and at most " + LARGEST_SCALING + ", not " + frequencyScaling);
        }
    }

    /** The published network for one image channel: 48, 96, 192, 384 channels, two blocks each, hidden 768, kernel 21. */
    public static RepUxNetConfig published(int outChannels) {
        return RepUxNet.ARCHITECTURE.configured(1, outChannels, NetworkSettings.NONE);
    }

    @Override
    public RepUxNet architecture() {
        return RepUxNet.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return sizes.settings().with("kernel", kernel).with("frequencyScaling", frequencyScaling);
    }

    @Override
    public EncoderDecoder<RepUxBlockModules> encoderDecoder() {
        return EncoderDecoder.of(BACKBONE, sizes, c -> RepUxBlockModules.of(c, kernel), RepUxBlockModules::module);
    }

    @Override
    public Optional<CpuForm> cpuForm() {
        return Optional.of((weights, precision, source, kernels) ->
                CpuNetwork.of(this, RepUxBlockOnCpu::of, weights, precision, source, kernels));
    }

    @Override
    public Map<String, String> methods() {
        Map<String, String> files = EncoderDecoder.methods(BACKBONE);
        files.put(SourceText.FOLDER + "repuxnet.py", SourceText.of(RepUxNetConfig.class, "repuxnet.py"));
        return files;
    }

    /**
     * Those of the depthwise kernels. The published code multiplies the kernels themselves at every pass, so that they shrink
     * to a single tap and are never trained; this is what the paper describes. A kernel that was trained as a product with
     * these factors becomes one of this network by that product.
     */
    @Override
    public Map<String, Tensor> relativeRates() {
        EncoderDecoder<RepUxBlockModules> modules = encoderDecoder();
        ModulePaths paths = new ModulePaths(modules.root());
        Tensor rates = TapRates.of(kernel, frequencyScaling);
        Map<String, Tensor> all = new LinkedHashMap<>();
        modules.stages().forEach(stage -> stage.blocks()
                .forEach(block -> all.put(paths.of(block.depthwise(), "weight"), rates)));
        return all;
    }
}
