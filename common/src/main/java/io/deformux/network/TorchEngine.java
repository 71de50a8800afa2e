package io.deformux.network;

import ai.djl.Device;
import ai.djl.engine.Engine;

/**
 * PyTorch, as DJL loads it from the class path.
 *
 * <p>DJL reads its settings from system properties when the engine starts. Those that a user did not set are set here:
 * no downloads and no usage reports, so that nothing is fetched at run time, and no graph optimiser: it profiles the
 * first calls and then compiles, and measured no faster on this network.
 */
public final class TorchEngine {

    private TorchEngine() {}

    /**
     * Starts the engine; later calls return the same one.
     *
     * @throws ai.djl.engine.EngineException if the native library is missing or does not load
     */
    public static Engine start() {
        System.getProperties().putIfAbsent("ai.djl.offline", "true");
        System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
        System.getProperties().putIfAbsent("ai.djl.pytorch.graph_optimizer", "false");
        return Engine.getEngine("PyTorch");
    }

    /** The first GPU if this build of PyTorch sees one, else the CPU. */
    public static Device bestDevice() {
        return start().defaultDevice();
    }
}
