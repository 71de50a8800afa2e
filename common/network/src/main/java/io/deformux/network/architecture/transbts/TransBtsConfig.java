package io.deformux.network.architecture.transbts;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.List;
import java.util.Map;

/**
 * What decides the shape of a TransBTS.
 *
 * @param inChannels channels of the image
 * @param outChannels classes, the background included
 * @param imageSize voxels along each axis of the only images that it takes, a multiple of 8 from 16 on
 * @param embedding channels of a token, a multiple of 256: the encoder's 32nd part of them falls into eight groups
 * @param heads of the attention, a divisor of {@code embedding}
 * @param layers of the transformer; those behind the fourth are in the weights and compute nothing, as in the reference
 * @param hidden channels inside a layer's perceptron
 */
public record TransBtsConfig(
        int inChannels, int outChannels, int imageSize, int embedding, int heads, int layers, int hidden)
        implements NetworkConfig {
    /** Voxels of the image for each token along an axis. */
    static final int STRIDE = 8;

    private static final int MOST_CHANNELS = 2048;
    private static final int LARGEST_IMAGE = 256;
    private static final int EMBEDDING_UNIT = 256;
    private static final int USED_LAYERS = 4;
    private static final int MOST_LAYERS = 64;
    private static final int MOST_HIDDEN = 16384;

    /** Checks every bound; throws {@link IllegalArgumentException} that names the number out of its own. */
    public TransBtsConfig {
        Bounds.within("inChannels", inChannels, MOST_CHANNELS);
        Bounds.within("outChannels", outChannels, MOST_CHANNELS);
        Bounds.within("imageSize", imageSize, LARGEST_IMAGE);
        Bounds.within("embedding", embedding, MOST_CHANNELS);
        Bounds.within("heads", heads, embedding);
        Bounds.within("layers", layers, MOST_LAYERS);
        Bounds.within("hidden", hidden, MOST_HIDDEN);
        require(
                imageSize % STRIDE == 0 && imageSize > STRIDE,
                "imageSize must be a multiple of " + STRIDE + " and at least " + 2 * STRIDE + ", not " + imageSize);
        require(
                embedding % EMBEDDING_UNIT == 0,
                "embedding must be a multiple of " + EMBEDDING_UNIT + ", not " + embedding);
        require(embedding % heads == 0, "heads must divide embedding: " + embedding + " by " + heads + " does not go");
        require(layers >= USED_LAYERS, "layers must be at least " + USED_LAYERS + ", not " + layers);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The published network for one image channel of 96 voxels along each axis: 512 channels, 8 heads, 4 layers. */
    public static TransBtsConfig published(int outChannels) {
        return TransBts.ARCHITECTURE.configured(1, outChannels, NetworkSettings.NONE);
    }

    @Override
    public TransBts architecture() {
        return TransBts.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return NetworkSettings.NONE
                .with("imageSize", imageSize)
                .with("embedding", embedding)
                .with("heads", heads)
                .with("layers", layers)
                .with("hidden", hidden);
    }

    @Override
    public void requireSize(int d, int h, int w) {
        Bounds.exactly(List.of(imageSize, imageSize, imageSize), d, h, w);
    }

    @Override
    public ModuleTree modules() {
        return TransBtsModules.root(this).requireStorable();
    }

    @Override
    public Map<String, String> methods() {
        Map<String, String> files = LayerModules.methods();
        files.put(SourceText.FOLDER + "transbts.py", SourceText.of(TransBtsConfig.class, "transbts.py"));
        return files;
    }
}
