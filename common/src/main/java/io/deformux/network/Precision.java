package io.deformux.network;

import java.nio.ByteBuffer;

/** How the values of a tensor are stored in an archive, and so what the network computes in. */
public enum Precision {
    /** IEEE single precision. */
    FP32("torch FloatStorage", 4) {
        @Override
        public void put(float[] values, ByteBuffer to) {
            to.asFloatBuffer().put(values);
        }
    },
    /** The upper half of single precision, rounded to the nearest, ties to even. */
    BF16("torch BFloat16Storage", 2) {
        @Override
        public void put(float[] values, ByteBuffer to) {
            for (int n = 0; n < values.length; n++) {
                int bits = Float.floatToIntBits(values[n]);
                to.putShort(2 * n, (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16));
            }
        }
    };

    private final String storageType;
    private final int bytes;

    Precision(String storageType, int bytes) {
        this.storageType = storageType;
        this.bytes = bytes;
    }

    /** The pickled class of such a storage. */
    String storageType() {
        return storageType;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** Writes finite values from the start of the buffer, in its byte order. */
    public abstract void put(float[] values, ByteBuffer to);
}
