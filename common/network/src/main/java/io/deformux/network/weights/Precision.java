package io.deformux.network.weights;

import java.nio.ByteBuffer;

/** How the values of a tensor are stored in an archive, and so what the network computes in. */
public enum Precision {
    /** IEEE single precision. */
    FP32("torch FloatStorage", 6, 4) {
        @Override
        public void put(float[] values, ByteBuffer to) {
            to.asFloatBuffer().put(values);
        }

        @Override
        public void get(ByteBuffer from, float[] values) {
            from.asFloatBuffer().get(values);
        }
    },
    /** The upper half of single precision, rounded to the nearest, ties to even. */
    BF16("torch BFloat16Storage", 15, 2) {
        @Override
        public void put(float[] values, ByteBuffer to) {
            for (int n = 0; n < values.length; n++) {
                int bits = Float.floatToIntBits(values[n]);
                to.putShort(2 * n, (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16));
            }
        }

        @Override
        public void get(ByteBuffer from, float[] values) {
            for (int n = 0; n < values.length; n++) {
                values[n] = Float.intBitsToFloat(from.getShort(2 * n) << 16);
            }
        }
    },
    /** IEEE half precision, rounded to the nearest, ties to even; infinite from 65520 on. */
    FP16("torch HalfStorage", 5, 2) {
        @Override
        public void put(float[] values, ByteBuffer to) {
            for (int n = 0; n < values.length; n++) {
                to.putShort(2 * n, Half.of(values[n]));
            }
        }

        @Override
        public void get(ByteBuffer from, float[] values) {
            for (int n = 0; n < values.length; n++) {
                values[n] = Half.toFloat(from.getShort(2 * n));
            }
        }
    };

    private final String storageType;
    private final int torchType;
    private final int bytes;

    Precision(String storageType, int torchType, int bytes) {
        this.storageType = storageType;
        this.torchType = torchType;
        this.bytes = bytes;
    }

    /** The pickled class of such a storage. */
    public String storageType() {
        return storageType;
    }

    /** The number format's number in PyTorch ({@code c10::ScalarType}). */
    public int torchType() {
        return torchType;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** Writes finite values from the start of the buffer, in its byte order. */
    public abstract void put(float[] values, ByteBuffer to);

    /** Reads as many values as fit from the start of the buffer, in its byte order. */
    public abstract void get(ByteBuffer from, float[] values);

    /** The values as this precision holds them; what is too large for it becomes infinite. */
    public float[] rounded(float[] values) {
        ByteBuffer stored = ByteBuffer.allocate(Math.multiplyExact(values.length, bytes));
        put(values, stored);
        float[] rounded = new float[values.length];
        get(stored, rounded);
        return rounded;
    }
}
