package io.deformux.network.weights;

/** IEEE half precision as its sixteen bits: sign, five of the exponent, ten of the fraction. Stateless. */
final class Half {
    private static final int FRACTION = 10;
    /** The smallest magnitude that rounds to infinity. */
    private static final float INFINITE = 65520;
    /** The smallest one with a full fraction, 2^-14; below it steps are of 2^-24. */
    private static final float NORMAL = 0x1p-14f;

    private Half() {}

    /** To the nearest, ties to even. */
    static short of(float value) {
        int sign = Float.floatToIntBits(value) >>> 16 & 0x8000;
        float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7E00);
        }
        if (size >= INFINITE) {
            return (short) (sign | 0x7C00);
        }
        if (size < NORMAL) {
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int bits = Float.floatToIntBits(size);
        int rounded = bits + 0xFFF + (bits >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (127 - 15 << FRACTION));
    }

    /** Exactly. */
    static float toFloat(short half) {
        int exponent = half >>> FRACTION & 0x1F;
        int fraction = half & 0x3FF;
        float size;
        if (exponent == 0x1F) {
            size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            size = fraction * 0x1p-24f;
        } else {
            size = Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
        }
        return (half & 0x8000) == 0 ? size : -size;
    }
}
