package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.CpuForm;
import io.deformux.network.architecture.CpuTrainingForm;
import io.deformux.network.architecture.GpuForm;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.architecture.blocks.EncoderDecoderConfig;
import io.deformux.network.torchscript.TorchScriptProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decides the shape of a DeformUX-Net.
 *
 * @param inChannels channels of the image, 1 for CT and MR
 * @param outChannels classes, the background included
 * @param featureSizes channels of the four backbone stages, at 1/2, 1/4, 1/8 and 1/16 of the image size
 * @param depths deformable blocks of each stage
 * @param hidden channels of the deepest level of the convolutional encoder
 * @param offsetKernel 3 (padding 1) or 1 (padding 0): the size of the convolution that predicts the sampling offsets
 */
public record DeformUxNetConfig(
        int inChannels, int outChannels, List<Integer> featureSizes, List<Integer> depths, int hidden, int offsetKernel)
        implements EncoderDecoderConfig<DeformableModules> {

    private static final String BACKBONE = "deformuxnet_3d";

    /** Checks every bound. */
    public DeformUxNetConfig {
        featureSizes = List.copyOf(featureSizes);
        depths = List.copyOf(depths);
        new Sizes(inChannels, outChannels, featureSizes, depths, hidden);
        if (offsetKernel != 1 && offsetKernel != 3) {
            throw new IllegalArgumentException("offsetKernel must be 1 or 3, not " + offsetKernel);
        }
    }

    /** The published network: 48, 96, 192, 384 channels, two blocks each, hidden 768, offset kernel 3. */
    public static DeformUxNetConfig published(int outChannels) {
        return DeformUxNet.ARCHITECTURE.configured(1, outChannels, NetworkSettings.NONE);
    }

    static DeformUxNetConfig of(Sizes sizes, int offsetKernel) {
        return new DeformUxNetConfig(
                sizes.inChannels(),
                sizes.outChannels(),
                sizes.featureSizes(),
                sizes.depths(),
                sizes.hidden(),
                offsetKernel);
    }

    @Override
    public DeformUxNet architecture() {
        return DeformUxNet.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return sizes().settings().with("offsetKernel", offsetKernel);
    }

    @Override
    public Sizes sizes() {
        return new Sizes(inChannels, outChannels, featureSizes, depths, hidden);
    }

    @Override
    public EncoderDecoder<DeformableModules> encoderDecoder() {
        return EncoderDecoder.of(
                BACKBONE, sizes(), c -> DeformableModules.of(c, offsetKernel), DeformableModules::module);
    }

    @Override
    public Map<String, String> methods() {
        return DeformUxNetMethods.ofNetwork(BACKBONE);
    }

    @Override
    public Optional<CpuForm> cpuForm() {
        return Optional.of(new DeformUxNetOnCpu(this));
    }

    @Override
    public Optional<CpuTrainingForm> cpuTrainingForm() {
        return Optional.of(new DeformUxNetOnCpu(this));
    }

    @Override
    public Optional<GpuForm> gpuForm() {
        return Optional.of(new DeformUxNetOnGpu(this));
    }

    @Override
    public TorchScriptProgram countedProgram() {
        return new TorchScriptProgram(modules(), DeformUxNetMethods.ofSizes(BACKBONE));
    }

    /**
     * The network as a direct port of the reference would compute it, through {@code grid_sample}: the baseline of benchmarks.
     * Nobody should train or ship it; see {@code grid_sample.py}.
     */
    public TorchScriptProgram directPort() {
        return new TorchScriptProgram(modules(), DeformUxNetMethods.ofDirectPort(BACKBONE));
    }
}
