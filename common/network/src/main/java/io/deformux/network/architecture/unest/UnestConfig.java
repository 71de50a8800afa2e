package io.deformux.network.architecture.unest;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.WindowModules;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.List;
import java.util.Map;

/**
 * What decides the shape of a UNesT.
 *
 * @param inChannels channels of the image
 * @param outChannels classes, the background included
 * @param imageSize voxels along each axis of a cube, a multiple of 32 from 64 on; it takes no other size
 * @param dims channels of a token at the three levels, each a multiple of its heads; the last one is 16 times the channels at
 *     full size
 * @param depths blocks of each level
 * @param heads of each level's attention
 */
public record UnestConfig(
        int inChannels, int outChannels, int imageSize, List<Integer> dims, List<Integer> depths, List<Integer> heads)
        implements NetworkConfig {
    /** Levels of the transformer. */
    static final int LEVELS = 3;

    /** The image is this many times as large along each axis as a block of tokens. */
    static final int STRIDE = 16;

    /** The last level has this many times the channels that the decoder has at full size. */
    static final int WIDENING = 16;

    private static final int MULTIPLE = 32;
    private static final int MOST_CHANNELS = 2048;
    private static final int MOST_BLOCKS = 64;
    private static final int LARGEST_IMAGE = 1024;

    /** Checks every bound; throws {@link IllegalArgumentException} that names what is out of its own. */
    public UnestConfig {
        dims = List.copyOf(dims);
        depths = List.copyOf(depths);
        heads = List.copyOf(heads);
        Bounds.within("inChannels", inChannels, MOST_CHANNELS);
        Bounds.within("outChannels", outChannels, MOST_CHANNELS);
        Bounds.within("imageSize", imageSize, LARGEST_IMAGE);
        Bounds.divides("imageSize", List.of(imageSize), MULTIPLE);
        if (imageSize == MULTIPLE) {
            throw new IllegalArgumentException("imageSize must be at least " + 2 * MULTIPLE + ", not " + imageSize);
        }
        Bounds.eachWithin("dims", dims, LEVELS, MOST_CHANNELS);
        Bounds.eachWithin("depths", depths, LEVELS, MOST_BLOCKS);
        Bounds.eachWithin("heads", heads, LEVELS, MOST_CHANNELS);
        Bounds.divides("the last of dims", List.of(dims.get(LEVELS - 1)), WIDENING);
        for (int i = 0; i < LEVELS; i++) {
            Bounds.divides("dims", List.of(dims.get(i)), heads.get(i));
        }
    }

    @Override
    public Unest architecture() {
        return Unest.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return NetworkSettings.NONE
                .with("imageSize", imageSize)
                .with("dims", dims)
                .with("depths", depths)
                .with("heads", heads);
    }

    @Override
    public void requireSize(int d, int h, int w) {
        Bounds.exactly(List.of(imageSize, imageSize, imageSize), d, h, w);
    }

    @Override
    public ModuleTree modules() {
        return new UnestModules(this).root().requireStorable();
    }

    @Override
    public Map<String, String> methods() {
        Map<String, String> files = WindowModules.methods();
        files.put(SourceText.FOLDER + "unest.py", SourceText.of(UnestConfig.class, "unest.py"));
        return files;
    }
}
