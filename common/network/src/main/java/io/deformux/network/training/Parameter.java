package io.deformux.network.training;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** A parameter with the gradient added up for it; last axis fastest. */
public final class Parameter {
    final int[] shape;
    final float[] values;
    final float[] gradient;

    /** Zeros. */
    public Parameter(int[] shape) {
        this.shape = shape.clone();
        int length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        this.values = new float[length];
        this.gradient = new float[length];
    }

    /** Sets the values from the start of a buffer. */
    public void set(FloatBuffer from) {
        from.get(0, values);
    }

    /** Sets the gradient to 0. */
    public void clearGradient() {
        Arrays.fill(gradient, 0);
    }

    /** What has been added up so far; live. */
    public float[] gradient() {
        return gradient;
    }
}
