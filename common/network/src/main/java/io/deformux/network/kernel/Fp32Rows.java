package io.deformux.network.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Rows of a map of floats. */
final class Fp32Rows implements MapRows {
    private final FloatBuffer values;

    Fp32Rows(ByteBuffer bytes) {
        this.values = bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void read(int first, float[] to, int n) {
        read(first, to, 0, n);
    }

    @Override
    public void read(int first, float[] to, int at, int n) {
        values.get(first, to, at, n);
    }

    @Override
    public void write(int first, float[] from, int n) {
        write(first, from, 0, n);
    }

    @Override
    public void write(int first, float[] from, int at, int n) {
        values.put(first, from, at, n);
    }
}
