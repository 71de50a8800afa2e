package io.deformux.network.architecture.scripted;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.torchscript.ModuleTree;
import java.util.List;
import java.util.Map;

/**
 * What is known of a network that is an archive of TorchScript.
 *
 * @param inChannels channels of the image
 * @param outChannels classes, the background included
 * @param window the size in voxels that it was tried with, and the only one that it is run with: a traced network may be tied to
 *     it
 */
public record ScriptedConfig(int inChannels, int outChannels, List<Integer> window) implements NetworkConfig {
    static final String WINDOW = "window";
    static final List<Integer> USUAL_WINDOW = List.of(96, 96, 96);

    private static final int MOST_CHANNELS = 256;
    private static final int MOST_VOXELS = 1024;

    /** Checks the numbers. */
    public ScriptedConfig {
        window = List.copyOf(window);
        Bounds.within("inChannels", inChannels, MOST_CHANNELS);
        Bounds.within("outChannels", outChannels, MOST_CHANNELS);
        Bounds.eachWithin(WINDOW, window, 3, MOST_VOXELS);
    }

    @Override
    public Scripted architecture() {
        return Scripted.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return NetworkSettings.NONE.with(WINDOW, window);
    }

    @Override
    public void requireSize(int d, int h, int w) {
        Bounds.exactly(window, d, h, w);
    }

    @Override
    public boolean madeElsewhere() {
        return true;
    }

    @Override
    public ModuleTree modules() {
        throw new UnsupportedOperationException("what an archive made elsewhere is made of is known to PyTorch alone");
    }

    @Override
    public Map<String, String> methods() {
        throw new UnsupportedOperationException("what an archive made elsewhere computes is known to PyTorch alone");
    }
}
