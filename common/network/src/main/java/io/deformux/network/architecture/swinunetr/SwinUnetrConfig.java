package io.deformux.network.architecture.swinunetr;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.CpuForm;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.WindowModules;
import io.deformux.network.architecture.layered.CpuNetwork;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decides the shape of a SwinUNETR.
 *
 * @param inChannels channels of the image
 * @param outChannels classes, the background included
 * @param featureSize channels of the map at half the size; each further map has twice as many
 * @param depths blocks of each layer
 * @param heads of each layer's attention; layer i has featureSize x 2^i channels, a multiple of its heads
 */
public record SwinUnetrConfig(
        int inChannels, int outChannels, int featureSize, List<Integer> depths, List<Integer> heads)
        implements NetworkConfig {
    /** Layers of the transformer. */
    static final int LAYERS = 4;

    private static final int STRIDE = 32;
    private static final List<Integer> SMALL = List.of(2 * STRIDE, STRIDE, STRIDE);
    private static final int MOST_CHANNELS = 2048;
    private static final int MOST_BLOCKS = 64;

    /** Checks every bound; throws {@link IllegalArgumentException} that names what is out of its own. */
    public SwinUnetrConfig {
        depths = List.copyOf(depths);
        heads = List.copyOf(heads);
        Bounds.within("inChannels", inChannels, MOST_CHANNELS);
        Bounds.within("outChannels", outChannels, MOST_CHANNELS);
        Bounds.within("featureSize", featureSize, MOST_CHANNELS);
        Bounds.eachWithin("depths", depths, LAYERS, MOST_BLOCKS);
        Bounds.eachWithin("heads", heads, LAYERS, MOST_CHANNELS);
        for (int i = 0; i < LAYERS; i++) {
            Bounds.divides("featureSize x " + (1 << i), List.of(featureSize << i), heads.get(i));
        }
    }

    @Override
    public SwinUnetr architecture() {
        return SwinUnetr.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return NetworkSettings.NONE
                .with("featureSize", featureSize)
                .with("depths", depths)
                .with("heads", heads);
    }

    @Override
    public void requireSize(int d, int h, int w) {
        Bounds.multiples(STRIDE, d, h, w);
    }

    @Override
    public ModuleTree modules() {
        return new SwinUnetrModules(this).decoder().root().requireStorable();
    }

    @Override
    public Optional<CpuForm> cpuForm() {
        return Optional.of((weights, precision, source, kernels) ->
                CpuNetwork.of(this, new SwinUnetrModules(this).decoder(), SMALL, weights, precision, source, kernels));
    }

    @Override
    public Map<String, String> methods() {
        Map<String, String> files = WindowModules.methods();
        files.put(SourceText.FOLDER + "swin_unetr.py", SourceText.of(SwinUnetrConfig.class, "swin_unetr.py"));
        return files;
    }
}
