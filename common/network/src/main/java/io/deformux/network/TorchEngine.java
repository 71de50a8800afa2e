package io.deformux.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.library.LibraryChoice;
import io.deformux.network.library.OneDnn;
import io.deformux.network.library.TorchLibrary;

/**
 * PyTorch, as DJL loads it from the class path or from the corrected copy that {@link TorchLibrary} chose.
 *
 * <p>DJL reads its settings from system properties when the engine starts. Those that a user did not set are set here:
 * no downloads and no usage reports, so that nothing is fetched at run time, and no graph optimiser: it profiles the
 * first calls and then compiles, and measured no faster on this network.
 */
public final class TorchEngine {

    private TorchEngine() {}

    /** Decided when it is first asked for. */
    private static final class Chosen {
        private static final LibraryChoice LIBRARY = TorchLibrary.ofThisJvm().choose();
    }

    /**
     * Starts the engine; later calls return the same one. The first start ever takes longer on a machine that hides its
     * caches: see {@link TorchLibrary#choose()}.
     *
     * @throws ai.djl.engine.EngineException if the native library is missing or does not load
     * @throws IllegalArgumentException if a setting of {@code network.library} has an unknown value
     * @throws JobException {@code NETWORK_FAILED} if oneDNN must not compute and cannot be switched off
     */
    public static Engine start() {
        LibraryChoice library = library();
        library.startProperties().forEach(System::setProperty);
        Engine engine = Engine.getEngine("PyTorch");
        if (library.withoutOneDnn()) {
            switchOneDnnOff();
        }
        return engine;
    }

    /**
     * What the engine starts on, and what of its arithmetic is trusted.
     *
     * @throws IllegalArgumentException if a setting of {@code network.library} has an unknown value
     */
    public static LibraryChoice library() {
        System.getProperties().putIfAbsent("ai.djl.offline", "true");
        System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
        System.getProperties().putIfAbsent("ai.djl.pytorch.graph_optimizer", "false");
        // Before the class below is initialised: an exception in there would be told only once.
        TorchLibrary.requireValidSettings();
        return Chosen.LIBRARY;
    }

    /** The first GPU if this build of PyTorch sees one, else the CPU. */
    public static Device bestDevice() {
        return start().defaultDevice();
    }

    private static void switchOneDnnOff() {
        try {
            OneDnn.ofThisJvm().switchOff();
        } catch (LinkageError e) {
            throw new JobException(
                    FailureCode.NETWORK_FAILED,
                    "oneDNN cannot be switched off in PyTorch, and must not compute here",
                    e);
        }
    }
}
