package io.deformux.network.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;

/** Rows of a map of bfloat16 values. */
final class Bf16Rows implements MapRows {
    private final ShortBuffer values;
    private final RowKernels kernels;
    private short[] scratch = new short[0];

    Bf16Rows(ByteBuffer bytes, RowKernels kernels) {
        this.values = bytes.duplicate().order(ByteOrder.nativeOrder()).asShortBuffer();
        this.kernels = kernels;
    }

    @Override
    public void read(int first, float[] to, int n) {
        require(n);
        values.get(first, scratch, 0, n);
        kernels.widen(scratch, to, n);
    }

    @Override
    public void read(int first, float[] to, int at, int n) {
        float[] row = new float[n];
        read(first, row, n);
        System.arraycopy(row, 0, to, at, n);
    }

    @Override
    public void write(int first, float[] from, int n) {
        require(n);
        kernels.narrow(from, scratch, n);
        values.put(first, scratch, 0, n);
    }

    @Override
    public void write(int first, float[] from, int at, int n) {
        write(first, Arrays.copyOfRange(from, at, at + n), n);
    }

    private void require(int n) {
        if (scratch.length < n) {
            scratch = new short[n];
        }
    }
}
