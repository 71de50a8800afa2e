package io.deformux.network.architecture.scripted;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.weights.Weights;

/** Any archive of TorchScript as an architecture: model packages hold one as it is, and nobody makes or trains one here. */
public final class Scripted implements Architecture<ScriptedConfig> {
    /** The only one. */
    public static final Scripted ARCHITECTURE = new Scripted();

    private Scripted() {}

    @Override
    public String name() {
        return "torchscript";
    }

    @Override
    public ScriptedConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly(ScriptedConfig.WINDOW);
        return new ScriptedConfig(
                inChannels, outChannels, settings.integers(ScriptedConfig.WINDOW, ScriptedConfig.USUAL_WINDOW));
    }

    @Override
    public ScriptedConfig configOf(Weights weights, NetworkSettings given) {
        throw new IllegalArgumentException("an archive of TorchScript is imported as it is, and not by its weights");
    }
}
