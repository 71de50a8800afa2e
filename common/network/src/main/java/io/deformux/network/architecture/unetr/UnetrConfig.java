package io.deformux.network.architecture.unetr;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.CpuForm;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.TransformerModules;
import io.deformux.network.architecture.layered.CpuNetwork;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What decides the shape of a UNETR.
 *
 * @param inChannels channels of the image
 * @param outChannels classes, the background included
 * @param imageSize voxels along D, H and W, multiples of 16; it takes no other
 * @param featureSize channels of the decoder at full size
 * @param hidden channels of a token; a multiple of the heads
 * @param mlp channels inside a block's perceptron
 * @param heads of the attention
 * @param patches how a patch becomes a token
 */
public record UnetrConfig(
        int inChannels,
        int outChannels,
        List<Integer> imageSize,
        int featureSize,
        int hidden,
        int mlp,
        int heads,
        Patches patches)
        implements NetworkConfig {
    /** Voxels of a patch along each axis. */
    static final int PATCH = 16;

    private static final int MOST_CHANNELS = 2048;
    private static final int MOST_HIDDEN = 16384;
    private static final int LARGEST_IMAGE = 1024;

    /** How a patch becomes a token. */
    public enum Patches {
        /** Its voxels, one after the other with their channels fastest, through a linear layer. */
        PERCEPTRON,
        /** A convolution as large as a patch. */
        CONV;

        /** As settings say it. */
        String setting() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks every bound; throws {@link IllegalArgumentException} that names what is out of its own. */
    public UnetrConfig {
        imageSize = List.copyOf(imageSize);
        Bounds.within("inChannels", inChannels, MOST_CHANNELS);
        Bounds.within("outChannels", outChannels, MOST_CHANNELS);
        Bounds.eachWithin("imageSize", imageSize, 3, LARGEST_IMAGE);
        Bounds.within("featureSize", featureSize, MOST_CHANNELS);
        Bounds.within("hidden", hidden, MOST_HIDDEN);
        Bounds.within("mlp", mlp, MOST_HIDDEN);
        Bounds.within("heads", heads, hidden);
        Bounds.divides("imageSize", imageSize, PATCH);
        Bounds.divides("hidden", List.of(hidden), heads);
    }

    @Override
    public Unetr architecture() {
        return Unetr.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return NetworkSettings.NONE
                .with("imageSize", imageSize)
                .with("featureSize", featureSize)
                .with("hidden", hidden)
                .with("mlp", mlp)
                .with("heads", heads)
                .with("patches", patches.setting());
    }

    @Override
    public void requireSize(int d, int h, int w) {
        Bounds.exactly(imageSize, d, h, w);
    }

    @Override
    public ModuleTree modules() {
        return new UnetrModules(this).decoder().root().requireStorable();
    }

    @Override
    public Optional<CpuForm> cpuForm() {
        return Optional.of((weights, precision, source, kernels) ->
                CpuNetwork.of(this, new UnetrModules(this).decoder(), imageSize, weights, precision, source, kernels));
    }

    @Override
    public Map<String, String> methods() {
        Map<String, String> files = TransformerModules.methods();
        files.put(SourceText.FOLDER + "unetr.py", SourceText.of(UnetrConfig.class, "unetr.py"));
        return files;
    }
}
