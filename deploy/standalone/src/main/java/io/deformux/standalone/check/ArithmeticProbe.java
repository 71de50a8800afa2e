package io.deformux.standalone.check;

/** Finds out what networks are computed with here, and whether that computes right. */
public interface ArithmeticProbe {
    /**
     * Starts the library and looks.
     *
     * @throws ai.djl.engine.EngineException or {@link LinkageError} if the native library does not load
     */
    ArithmeticSurvey probe();
}
