package io.deformux.network.architecture.nnformer;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.WindowModules;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.List;
import java.util.Map;

/**
 * What decides the shape of an nnFormer.
 *
 * @param inChannels channels of the image
 * @param outChannels classes, the background included
 * @param imageSize voxels along D, H and W: multiples of 16, 32 and 32; it takes no other
 * @param embedding channels of the finest map, even; each coarser one has twice as many
 * @param depths blocks of each level
 * @param heads of each level's attention; level i has embedding x 2^i channels, a multiple of its heads
 * @param windows tokens of each level's windows along each axis; no more than the level has along its shortest
 * @param deepSupervision whether training sees the logits of the three finest levels
 */
public record NnFormerConfig(
        int inChannels,
        int outChannels,
        List<Integer> imageSize,
        int embedding,
        List<Integer> depths,
        List<Integer> heads,
        List<Integer> windows,
        boolean deepSupervision)
        implements NetworkConfig {
    /** Levels of the way down. */
    static final int LEVELS = 4;

    /** Voxels of a token of the finest map. */
    static final List<Integer> PATCH = List.of(2, 4, 4);

    private static final int COARSEST = 1 << LEVELS - 1;
    private static final int MOST_CHANNELS = 2048;
    private static final int MOST_BLOCKS = 64;
    private static final int LARGEST_IMAGE = 1024;
    private static final int LARGEST_WINDOW = 16;

    /** Checks every bound; throws {@link IllegalArgumentException} that names what is out of its own. */
    public NnFormerConfig {
        imageSize = List.copyOf(imageSize);
        depths = List.copyOf(depths);
        heads = List.copyOf(heads);
        windows = List.copyOf(windows);
        Bounds.within("inChannels", inChannels, MOST_CHANNELS);
        Bounds.within("outChannels", outChannels, MOST_CHANNELS);
        Bounds.eachWithin("imageSize", imageSize, PATCH.size(), LARGEST_IMAGE);
        for (int axis = 0; axis < PATCH.size(); axis++) {
            Bounds.divides("imageSize along axis " + axis, List.of(imageSize.get(axis)), PATCH.get(axis) * COARSEST);
        }
        Bounds.within("embedding", embedding, MOST_CHANNELS);
        Bounds.divides("embedding", List.of(embedding), 2);
        Bounds.eachWithin("depths", depths, LEVELS, MOST_BLOCKS);
        Bounds.eachWithin("heads", heads, LEVELS, MOST_CHANNELS);
        Bounds.eachWithin("windows", windows, LEVELS, LARGEST_WINDOW);
        for (int i = 0; i < LEVELS; i++) {
            Bounds.divides("embedding x " + (1 << i), List.of(embedding << i), heads.get(i));
        }
    }

    @Override
    public NnFormer architecture() {
        return NnFormer.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return NetworkSettings.NONE
                .with("imageSize", imageSize)
                .with("embedding", embedding)
                .with("depths", depths)
                .with("heads", heads)
                .with("windows", windows)
                .with("deepSupervision", deepSupervision);
    }

    @Override
    public void requireSize(int d, int h, int w) {
        Bounds.exactly(imageSize, d, h, w);
    }

    /** Tokens of a level along its shortest axis. */
    int shortest(int level) {
        int shortest = LARGEST_IMAGE;
        for (int axis = 0; axis < PATCH.size(); axis++) {
            shortest = Math.min(shortest, imageSize.get(axis) / PATCH.get(axis) >> level);
        }
        return shortest;
    }

    /** As its trainer has them: halved from each output to the next coarser one, 1 together. */
    @Override
    public List<Double> lossWeights() {
        return deepSupervision ? List.of(4.0 / 7, 2.0 / 7, 1.0 / 7) : List.of(1.0);
    }

    @Override
    public ModuleTree modules() {
        return new NnFormerModules(this).root().requireStorable();
    }

    @Override
    public Map<String, String> methods() {
        Map<String, String> files = WindowModules.methods();
        files.put(SourceText.FOLDER + "nnformer.py", SourceText.of(NnFormerConfig.class, "nnformer.py"));
        return files;
    }
}
