package io.deformux.inference;

/** Takes the blended logits of a volume plane by plane, in order, as they become final. */
@FunctionalInterface
public interface PlaneSink {

    /**
     * One finished plane.
     *
     * @param plane the index along axis 0; 0, 1, 2, ... without gaps
     * @param logits (classes, h, w), last axis fastest; valid only during this call
     */
    void accept(int plane, float[] logits);
}
