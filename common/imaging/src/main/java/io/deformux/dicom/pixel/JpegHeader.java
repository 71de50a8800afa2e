package io.deformux.dicom.pixel;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;

import io.deformux.failure.JobException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The marker segments before the first scan of a JPEG or JPEG-LS stream (ISO/IEC 10918-1 Annex B, 14495-1 Annex C).
 *
 * @param process the start-of-frame marker, which names the coding process
 * @param frame what it says
 * @param segments where the contents of the other segments start, by marker; of several the last
 * @param huffmanTables where the contents of all segments of Huffman tables start
 * @param scan where the coded samples start
 */
record JpegHeader(
        int process, CodedFrame frame, Map<Integer, Integer> segments, List<Integer> huffmanTables, int scan) {
    static final int BASELINE = 0xc0;
    static final int EXTENDED = 0xc1;
    static final int LOSSLESS = 0xc3;
    static final int LS = 0xf7;
    static final int START_OF_SCAN = 0xda;
    static final int RESTART_INTERVAL = 0xdd;

    private static final int START_OF_IMAGE = 0xffd8;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int EXTENSIONS = 0xc8;
    private static final int ARITHMETIC_CONDITIONING = 0xcc;

    /**
     * Reads up to the first scan.
     *
     * @throws JobException {@code INPUT_TRUNCATED} or {@code DICOM_MALFORMED}
     */
    static JpegHeader read(byte[] coded) {
        if (CodedFrame.number(coded, 0, 2) != START_OF_IMAGE) {
            throw malformed("does not start with a start-of-image marker");
        }
        Map<Integer, Integer> segments = new LinkedHashMap<>();
        List<Integer> huffmanTables = new ArrayList<>();
        CodedFrame frame = null;
        int process = 0;
        int at = 2;
        while (true) {
            while (CodedFrame.number(coded, at, 2) == 0xffff) {
                at++;
            }
            int marker = (int) CodedFrame.number(coded, at, 2);
            int length = (int) CodedFrame.number(coded, at + 2, 2);
            if (marker <= 0xff01 || marker >= 0xffd0 && marker <= 0xffd9 || length < 2) {
                throw malformed("has no marker segment where one has to be");
            }
            int content = at + 4;
            at += 2 + length;
            if (isStartOfFrame(marker & 0xff)) {
                if (frame != null) {
                    throw malformed("has more than one frame header");
                }
                process = marker & 0xff;
                frame = frame(coded, content);
            } else {
                segments.put(marker & 0xff, content);
            }
            if ((marker & 0xff) == HUFFMAN_TABLES) {
                huffmanTables.add(content);
            }
            if ((marker & 0xff) == START_OF_SCAN) {
                break;
            }
        }
        if (frame == null) {
            throw malformed("has no frame header before its first scan");
        }
        return new JpegHeader(process, frame, segments, huffmanTables, at);
    }

    private static boolean isStartOfFrame(int marker) {
        boolean other = marker == HUFFMAN_TABLES || marker == EXTENSIONS || marker == ARITHMETIC_CONDITIONING;
        return marker == LS || marker >= BASELINE && marker <= 0xcf && !other;
    }

    private static CodedFrame frame(byte[] coded, int at) {
        return new CodedFrame(
                CodedFrame.number(coded, at + 1, 2),
                CodedFrame.number(coded, at + 3, 2),
                (int) CodedFrame.number(coded, at + 5, 1),
                (int) CodedFrame.number(coded, at, 1),
                false);
    }

    static JobException malformed(String what) {
        return new JobException(DICOM_MALFORMED, "a JPEG frame " + what);
    }
}
