package io.deformux.dicom.pixel;

/**
 * The coding parameters of a JPEG-LS scan, by the names of ISO/IEC 14495-1.
 *
 * @param maxval MAXVAL, the largest sample
 * @param near NEAR, the largest error; 0 is lossless
 * @param t1 T1, first threshold of the gradients
 * @param t2 T2
 * @param t3 T3
 * @param reset RESET, after how many samples a context is halved
 */
record JpegLsParameters(int maxval, int near, int t1, int t2, int t3, int reset) {

    /**
     * Fills in the defaults of section C.2.4.1.1.1 for each parameter given as 0.
     *
     * @param given MAXVAL, T1, T2, T3, RESET
     */
    static JpegLsParameters of(int precision, int near, int[] given) {
        int largest = (1 << precision) - 1;
        int maxval = given[0] == 0 ? largest : given[0];
        if (maxval > largest || near > Math.min(255, maxval / 2)) {
            throw JpegHeader.malformed("has coding parameters out of range");
        }
        int[] basic = basicThresholds(maxval, near);
        int t1 = given[1] == 0 ? clamp(basic[0], near + 1, maxval) : given[1];
        int t2 = given[2] == 0 ? clamp(basic[1], t1, maxval) : given[2];
        int t3 = given[3] == 0 ? clamp(basic[2], t2, maxval) : given[3];
        int reset = given[4] == 0 ? 64 : given[4];
        if (t1 < near + 1 || t2 < t1 || t3 < t2 || t3 > maxval || reset < 3 || reset > Math.max(255, maxval)) {
            throw JpegHeader.malformed("has coding parameters out of range");
        }
        return new JpegLsParameters(maxval, near, t1, t2, t3, reset);
    }

    private static int[] basicThresholds(int maxval, int near) {
        if (maxval >= 128) {
            int factor = (Math.min(maxval, 4095) + 128) / 256;
            return new int[] {factor + 2 + 3 * near, 4 * factor + 3 + 5 * near, 17 * factor + 4 + 7 * near};
        }
        int factor = 256 / (maxval + 1);
        return new int[] {
            Math.max(2, 3 / factor + 3 * near), Math.max(3, 7 / factor + 5 * near), Math.max(4, 21 / factor + 7 * near)
        };
    }

    private static int clamp(int value, int least, int maxval) {
        return value > maxval || value < least ? least : value;
    }

    /** RANGE, how many prediction errors there are (section A.2.1). */
    int range() {
        return (maxval + 2 * near) / (2 * near + 1) + 1;
    }

    /** qbpp, bits of a prediction error. */
    int errorBits() {
        return bitsFor(range());
    }

    /** LIMIT, the longest code (section A.2.1). */
    int limit() {
        int bits = Math.max(2, bitsFor(maxval + 1));
        return 2 * (bits + Math.max(8, bits));
    }

    /** Ceiling of the logarithm to base 2. */
    private static int bitsFor(int values) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(values - 1);
    }
}
