package io.deformux.network.architecture.uxnet;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.CpuForm;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.architecture.blocks.EncoderDecoderConfig;
import io.deformux.network.architecture.layered.CpuNetwork;
import io.deformux.network.torchscript.SourceText;
import java.util.Map;
import java.util.Optional;

/**
 * What decides the shape of a 3D UX-Net.
 *
 * @param sizes channels and depths
 * @param kernel voxels along each axis of the depthwise convolutions, odd, 1 to 31; 7 and 21 are published
 */
public record UxNetConfig(Sizes sizes, int kernel) implements EncoderDecoderConfig<UxBlockModules> {
    private static final String BACKBONE = "uxnet_3d";
    private static final int LARGEST_KERNEL = 31;

    /** Checks the kernel. */
    public UxNetConfig {
        Bounds.odd("kernel", kernel, LARGEST_KERNEL);
    }

    /** The published network for one image channel: 48, 96, 192, 384 channels, two blocks each, hidden 768, kernel 7. */
    public static UxNetConfig published(int outChannels) {
        return UxNet.ARCHITECTURE.configured(1, outChannels, NetworkSettings.NONE);
    }

    @Override
    public UxNet architecture() {
        return UxNet.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return sizes.settings().with("kernel", kernel);
    }

    @Override
    public EncoderDecoder<UxBlockModules> encoderDecoder() {
        return EncoderDecoder.of(BACKBONE, sizes, c -> UxBlockModules.of(c, kernel), UxBlockModules::module);
    }

    @Override
    public Optional<CpuForm> cpuForm() {
        return Optional.of((weights, precision, source, kernels) ->
                CpuNetwork.of(this, UxBlockOnCpu::of, weights, precision, source, kernels));
    }

    @Override
    public Map<String, String> methods() {
        Map<String, String> files = EncoderDecoder.methods(BACKBONE);
        files.put(SourceText.FOLDER + "uxnet.py", SourceText.of(UxNetConfig.class, "uxnet.py"));
        return files;
    }
}
