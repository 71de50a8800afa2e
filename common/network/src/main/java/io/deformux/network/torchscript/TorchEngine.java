package io.deformux.network.torchscript;

import ai.djl.engine.Engine;
import io.deformux.network.library.LibraryChoice;
import io.deformux.network.library.TorchContext;
import io.deformux.network.library.TorchLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch, as DJL loads it from the class path or from the corrected copy that {@link TorchLibrary} chose.
 *
 * <p>DJL reads its settings from system properties when the engine starts. Those that a user did not set are set here:
 * no downloads and no usage reports, so that nothing is fetched at run time, and no graph optimiser: it profiles the
 * first calls and then compiles, and measured no faster on this network.
 */
public final class TorchEngine {

    private static final Logger LOG = LoggerFactory.getLogger(TorchEngine.class);

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
     */
    public static Engine start() {
        LibraryChoice library = library();
        library.startProperties().forEach(System::setProperty);
        Engine engine = Engine.getEngine("PyTorch");
        setSwitches(library, engine);
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

    /**
     * Says whether products of floats on a GPU may be rounded to TF32 from now on, in the whole process: everyone who computes
     * there says so before.
     */
    public static void tf32(boolean allowed) {
        try {
            TorchContext.ofThisJvm().tf32(allowed);
        } catch (LinkageError e) {
            // What is rounded and should not be fails its proof.
            LOG.warn("a switch of PyTorch cannot be set: {}", e.getMessage());
        }
    }

    private static void setSwitches(LibraryChoice library, Engine engine) {
        try {
            if (library.withoutOneDnn()) {
                TorchContext.ofThisJvm().oneDnnOff();
            }
            if (engine.getGpuCount() > 0) {
                TorchContext.ofThisJvm().tf32(false);
            }
        } catch (LinkageError e) {
            // What is wrong without the switch fails its proof, and is not used.
            LOG.warn("a switch of PyTorch cannot be set: {}", e.getMessage());
        }
    }
}
