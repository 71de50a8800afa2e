package io.deformux.dicom.pixel;

import java.util.Arrays;

/**
 * Decodes the samples of one JPEG-LS scan of one component (ISO/IEC 14495-1 Annex A; names of variables as there). Used
 * once, by one thread.
 */
final class JpegLsScan {
    /** J, the orders of run codes (section A.7.1.1). */
    private static final int[] RUN_ORDER = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    /** Contexts of the regular mode are 1 to 364; the two of run interruption follow. */
    private static final int RUN_CONTEXT = 365;

    private final JpegLsParameters parameters;
    private final JpegLsBits bits;
    private final int range;
    private final int errorBits;
    private final int limit;
    private final int step;
    private final int[] a = new int[RUN_CONTEXT + 2];
    private final int[] b = new int[RUN_CONTEXT];
    private final int[] c = new int[RUN_CONTEXT];
    private final int[] n = new int[RUN_CONTEXT + 2];
    private final int[] negatives = new int[2];
    private int runIndex;

    JpegLsScan(JpegLsParameters parameters, JpegLsBits bits) {
        this.parameters = parameters;
        this.bits = bits;
        this.range = parameters.range();
        this.errorBits = parameters.errorBits();
        this.limit = parameters.limit();
        this.step = 2 * parameters.near() + 1;
        Arrays.fill(a, Math.max(2, (range + 32) / 64));
        Arrays.fill(n, 1);
    }

    /** Fills {@code samples} row by row. */
    void decode(int rows, int columns, short[] samples) {
        // One sample more on each side, for the neighbours of the first and the last (section A.2.1).
        int[] above = new int[columns + 2];
        int[] line = new int[columns + 2];
        for (int row = 0; row < rows; row++) {
            line[0] = above[1];
            above[columns + 1] = above[columns];
            decodeLine(above, line, columns);
            for (int i = 0; i < columns; i++) {
                samples[row * columns + i] = (short) line[i + 1];
            }
            int[] used = above;
            above = line;
            line = used;
        }
        bits.requireEnd();
    }

    private void decodeLine(int[] above, int[] line, int columns) {
        for (int x = 1; x <= columns; ) {
            int ra = line[x - 1];
            int rb = above[x];
            int rc = above[x - 1];
            int q1 = quantised(above[x + 1] - rb);
            int q2 = quantised(rb - rc);
            int q3 = quantised(rc - ra);
            int q = 81 * q1 + 9 * q2 + q3;
            if (q == 0) {
                x = decodeRun(above, line, x, columns);
            } else {
                line[x++] = regular(q, predicted(ra, rb, rc));
            }
        }
    }

    /** Section A.3.3. */
    private int quantised(int gradient) {
        int size = Math.abs(gradient);
        int region = size <= parameters.near()
                ? 0
                : size < parameters.t1() ? 1 : size < parameters.t2() ? 2 : size < parameters.t3() ? 3 : 4;
        return gradient < 0 ? -region : region;
    }

    /** The median edge detector (section A.4.1). */
    private static int predicted(int ra, int rb, int rc) {
        if (rc >= Math.max(ra, rb)) {
            return Math.min(ra, rb);
        }
        return rc <= Math.min(ra, rb) ? Math.max(ra, rb) : ra + rb - rc;
    }

    /** Sections A.4.2 to A.6.2. */
    private int regular(int signedContext, int prediction) {
        int sign = signedContext < 0 ? -1 : 1;
        int q = Math.abs(signedContext);
        int corrected = Math.max(0, Math.min(parameters.maxval(), prediction + sign * c[q]));
        int k = golombParameter(n[q], a[q]);
        int mapped = bits.golomb(k, limit, errorBits);
        int error = (mapped & 1) == 0 ? mapped >> 1 : -(mapped + 1 >> 1);
        if (parameters.near() == 0 && k == 0 && 2 * b[q] <= -n[q]) {
            error = -error - 1;
        }
        requireInRange(error);
        update(q, error);
        return reconstructed(corrected, sign * error);
    }

    private void update(int q, int error) {
        b[q] += error * step;
        a[q] += Math.abs(error);
        if (n[q] == parameters.reset()) {
            a[q] >>= 1;
            b[q] >>= 1;
            n[q] >>= 1;
        }
        n[q]++;
        if (b[q] <= -n[q]) {
            b[q] = Math.max(b[q] + n[q], 1 - n[q]);
            c[q] = Math.max(-128, c[q] - 1);
        } else if (b[q] > 0) {
            b[q] = Math.min(b[q] - n[q], 0);
            c[q] = Math.min(127, c[q] + 1);
        }
    }

    /** Section A.7; gives where the line goes on. */
    private int decodeRun(int[] above, int[] line, int start, int columns) {
        int run = line[start - 1];
        int x = start;
        while (bits.bit() == 1) {
            int whole = 1 << RUN_ORDER[runIndex];
            int length = Math.min(whole, columns + 1 - x);
            Arrays.fill(line, x, x + length, run);
            x += length;
            if (length == whole && runIndex < RUN_ORDER.length - 1) {
                runIndex++;
            }
            if (x > columns) {
                return x;
            }
        }
        int length = bits.bits(RUN_ORDER[runIndex]);
        if (length > columns - x) {
            throw JpegHeader.malformed("has a run that goes beyond its line");
        }
        Arrays.fill(line, x, x + length, run);
        x += length;
        line[x] = interruption(run, above[x]);
        runIndex = Math.max(0, runIndex - 1);
        return x + 1;
    }

    /** The sample that ends a run (section A.7.2). */
    private int interruption(int ra, int rb) {
        int type = Math.abs(ra - rb) <= parameters.near() ? 1 : 0;
        int q = RUN_CONTEXT + type;
        int k = golombParameter(n[q], type == 1 ? a[q] + (n[q] >> 1) : a[q]);
        int mapped = bits.golomb(k, limit - RUN_ORDER[runIndex] - 1, errorBits);
        int odd = mapped + type & 1;
        int size = mapped + type + odd >> 1;
        boolean negative = (k != 0 || 2 * negatives[type] >= n[q]) == (odd == 1);
        int error = negative ? -size : size;
        requireInRange(error);
        if (error < 0) {
            negatives[type]++;
        }
        a[q] += mapped + 1 - type >> 1;
        if (n[q] == parameters.reset()) {
            a[q] >>= 1;
            n[q] >>= 1;
            negatives[type] >>= 1;
        }
        n[q]++;
        int sign = type == 0 && ra > rb ? -1 : 1;
        return reconstructed(type == 1 ? ra : rb, sign * error);
    }

    /** Section A.5.1. */
    private static int golombParameter(int count, int sum) {
        int k = 0;
        while (count << k < sum) {
            k++;
        }
        return k;
    }

    /** An error of more than half the range is in no stream; refusing it keeps all sums small. */
    private void requireInRange(int error) {
        if (Math.abs(error) > range / 2 + 1) {
            throw JpegHeader.malformed("has a prediction error out of range");
        }
    }

    /** Section A.4.5, and clamped where the coding is not lossless. */
    private int reconstructed(int prediction, int error) {
        int value = prediction + error * step;
        int period = range * step;
        if (value < -parameters.near()) {
            value += period;
        } else if (value > parameters.maxval() + parameters.near()) {
            value -= period;
        }
        return Math.max(0, Math.min(parameters.maxval(), value));
    }
}
