package io.deformux.network.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How one value of a tensor is stored, little endian, and what it is as float (rounded to the nearest). */
enum ElementType {
    FLOAT("FloatStorage", "F32", 4) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getFloat(4 * index);
        }
    },
    DOUBLE("DoubleStorage", "F64", 8) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return (float) bytes.getDouble(8 * index);
        }
    },
    HALF("HalfStorage", "F16", 2) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return half(bytes.getShort(2 * index));
        }
    },
    BFLOAT16("BFloat16Storage", "BF16", 2) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return Float.intBitsToFloat(bytes.getShort(2 * index) << 16);
        }
    },
    LONG("LongStorage", "I64", 8) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getLong(8 * index);
        }
    },
    INT("IntStorage", "I32", 4) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getInt(4 * index);
        }
    },
    SHORT("ShortStorage", "I16", 2) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getShort(2 * index);
        }
    },
    CHAR("CharStorage", "I8", 1) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.get(index);
        }
    },
    BYTE("ByteStorage", "U8", 1) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.get(index) & 0xff;
        }
    },
    BOOL("BoolStorage", "BOOL", 1) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.get(index) == 0 ? 0 : 1;
        }
    };

    private final String storageClass;
    private final String safetensorsName;
    private final int bytes;

    ElementType(String storageClass, String safetensorsName, int bytes) {
        this.storageClass = storageClass;
        this.safetensorsName = safetensorsName;
        this.bytes = bytes;
    }

    /** The class in Python's module {@code torch}. */
    String storageClass() {
        return storageClass;
    }

    /** The {@code dtype} in the header of a safetensors file. */
    String safetensorsName() {
        return safetensorsName;
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** Value number {@code index} of a little-endian storage. */
    abstract float at(ByteBuffer bytes, int index);

    static Optional<ElementType> ofSafetensors(String name) {
        return Arrays.stream(values())
                .filter(type -> type.safetensorsName.equals(name))
                .findFirst();
    }

    /** IEEE 754 binary16: 5 bits of exponent with bias 15, 10 bits of fraction. */
    private static float half(short bits) {
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude =
                switch (exponent) {
                    case 0 -> fraction * 0x1p-24f;
                    case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
                };
        return bits < 0 ? -magnitude : magnitude;
    }
}
