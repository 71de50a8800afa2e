package io.deformux.dicom.pixel;

import java.util.Arrays;

/**
 * Counts the samples in the scan of a lossless JPEG frame of one component (ISO/IEC 10918-1 Annexes F.2.2, H.2). The
 * plugin that decodes them makes up what is missing before an end marker; a scan that has all of them leaves it nothing to
 * make up.
 */
final class JpegLosslessScan {
    private static final int MOST_CODE_BITS = 16;
    private static final int MOST_TABLE_NUMBER = 3;

    /** A category that is coded without further bits (section H.1.2.2). */
    private static final int NO_BITS = 16;

    private final byte[] coded;
    private final JpegHeader header;

    /** The scan of a frame whose header fits the image. */
    JpegLosslessScan(byte[] coded, JpegHeader header) {
        this.coded = coded;
        this.header = header;
    }

    /**
     * Goes through all codes.
     *
     * @throws io.deformux.failure.JobException {@code INPUT_TRUNCATED} if the scan ends before its last sample, {@code
     *     DICOM_MALFORMED} if it holds no code of its table
     */
    void requireWhole() {
        int scan = header.segments().get(JpegHeader.START_OF_SCAN);
        int[] table = table(find((int) CodedFrame.number(coded, scan + 2, 1) >> 4));
        Integer restart = header.segments().get(JpegHeader.RESTART_INTERVAL);
        long interval = restart == null ? 0 : CodedFrame.number(coded, restart, 2);
        JpegBits bits = new JpegBits(coded, header.scan());
        long samples = header.frame().rows() * header.frame().columns();
        for (long n = 0; n < samples; n++) {
            if (interval > 0 && n > 0 && n % interval == 0) {
                bits.restart();
            }
            int code = table[bits.peek(MOST_CODE_BITS)];
            if (code < 0) {
                throw JpegHeader.malformed("holds bits that are no code of its table");
            }
            int category = code & 0x1f;
            bits.skip((code >> 5) + (category == NO_BITS ? 0 : category));
        }
    }

    /**
     * Where the table of this number is (section B.2.4.2). It may be there several times. Refused is what the plugin would
     * not decode as it is meant: a table that replaces another one, and tables of coefficients, which no lossless scan has.
     *
     * @throws io.deformux.failure.JobException {@code DICOM_MALFORMED}
     */
    private int find(int wanted) {
        int found = -1;
        for (int from : header.huffmanTables()) {
            int to = from - 2 + (int) CodedFrame.number(coded, from - 2, 2);
            int at = from;
            while (at < to) {
                int end = end(at);
                int number = (int) CodedFrame.number(coded, at, 1);
                boolean replaces =
                        number == wanted && found >= 0 && !Arrays.equals(coded, found, end(found), coded, at, end);
                if (number > MOST_TABLE_NUMBER || replaces) {
                    throw JpegHeader.malformed("has code tables that its scan cannot have");
                }
                found = number == wanted ? at : found;
                at = end;
            }
        }
        if (found < 0) {
            throw JpegHeader.malformed("lacks the code table of its scan");
        }
        return found;
    }

    private int end(int table) {
        int end = table + 1 + MOST_CODE_BITS;
        for (int length = 1; length <= MOST_CODE_BITS; length++) {
            end += (int) CodedFrame.number(coded, table + length, 1);
        }
        if (end > coded.length) {
            throw CodedFrame.truncated();
        }
        return end;
    }

    /** For each 16 bits the length of the code they begin with, times 32, and its category; -1 where they begin with none. */
    private int[] table(int at) {
        int[] table = new int[1 << MOST_CODE_BITS];
        Arrays.fill(table, -1);
        int value = at + 1 + MOST_CODE_BITS;
        int code = 0;
        for (int length = 1; length <= MOST_CODE_BITS; length++) {
            int span = 1 << MOST_CODE_BITS - length;
            for (long count = CodedFrame.number(coded, at + length, 1); count > 0; count--) {
                int category = (int) CodedFrame.number(coded, value++, 1);
                if (code + span > table.length || category > NO_BITS) {
                    throw JpegHeader.malformed("has a code table that is none");
                }
                Arrays.fill(table, code, code + span, length << 5 | category);
                code += span;
            }
        }
        return table;
    }
}
