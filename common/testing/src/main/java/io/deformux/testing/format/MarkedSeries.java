package io.deformux.testing.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A CT series of a bright ball in air, with something of the patient in every text element that an image may have, in folders and files that are
 * named after the patient too: each text begins with {@link #MARK}, dates, times and numbers are those of {@link #ALL}.
 */
public final class MarkedSeries {
    /** What every marker of free text begins with. */
    public static final String MARK = "QZMARK";

    private static final String DATE = "19340517";
    private static final String TIME = "031415.926535";
    private static final String AGE = "087Y";
    private static final String DECIMAL = "61.728394";
    private static final String INTEGER = "918273645";

    /** Whatever would tell of the patient. */
    public static final List<String> ALL = List.of(MARK, DATE, TIME, AGE, DECIMAL, INTEGER);

    private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    private static final int INTERCEPT = -1024;
    private static final int COLUMNS = 40;
    private static final int ROWS = 36;
    private static final int SLICES = 20;
    private static final double PIXEL_MM = 1.5;
    private static final double SLICE_MM = 3;

    private static final int[] NAMES = {
        0x00080090,
        0x00081048,
        0x00081050,
        0x00081060,
        0x00081070,
        0x00100010,
        0x00101001,
        0x00101005,
        0x00101060,
        0x00321032,
        0x00400006
    };
    private static final int[] LONG_STRINGS = {
        0x00080070, 0x00080080, 0x00081030, 0x0008103E, 0x00081040, 0x00081080, 0x00081090, 0x00090010, 0x00091001,
        0x00100020, 0x00100021, 0x00101000, 0x00101040, 0x00101080, 0x00102150, 0x001021F0, 0x00120063, 0x00181000,
        0x00181008, 0x00181020, 0x00181030, 0x00181400, 0x00201040, 0x00281054, 0x00321033, 0x00321060, 0x00380010,
        0x00380300, 0x00380400, 0x00380500, 0x00400007, 0x00400254, 0x00402016
    };
    private static final int[] SHORT_STRINGS = {
        0x00080050, 0x00080094, 0x00081010, 0x00102154, 0x00102160, 0x00102180, 0x00200010, 0x00400009, 0x00401001
    };
    private static final int[] CODES = {0x00100040, 0x00180015, 0x00185101};
    private static final int[] SHORT_TEXTS = {0x00080081, 0x00080092};
    private static final int[] LONG_TEXTS = {0x001021B0, 0x00104000, 0x00204000, 0x00324000, 0x00384000, 0x00401400};
    private static final int[] DATES = {0x00080012, 0x00080020, 0x00080021, 0x00080022, 0x00080023, 0x00100030};
    private static final int[] TIMES = {0x00080013, 0x00080030, 0x00080031, 0x00080032, 0x00080033, 0x00100032};
    private static final int[] DECIMALS = {0x00101020, 0x00101030, 0x00180060};

    /**
     * An element in place of the one that the series has.
     *
     * @param tag which
     * @param vr its representation
     * @param value its text
     */
    public record Other(int tag, String vr, String value) {}

    private MarkedSeries() {}

    /** Writes the series into a new folder below {@code parent}, some elements of it otherwise; gives the folder. */
    public static Path write(Path parent, String name, Other... others) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(MARK + "^" + name));
        for (int k = 0; k < SLICES; k++) {
            String instance = "2.25.77." + Math.abs(name.hashCode()) + "." + (k + 1);
            Map<Integer, Element> elements = elements(k, name, instance);
            for (Other other : others) {
                elements.put(other.tag, bytes -> bytes.text(other.tag, other.vr, other.value));
            }
            DicomBytes image = new DicomBytes();
            elements.values().forEach(element -> element.addTo(image));
            Files.write(folder.resolve(MARK + "_" + (k + 1) + ".dcm"), image.file(CT, instance));
        }
        return folder;
    }

    /** How an element gets into an image. */
    private interface Element {
        void addTo(DicomBytes image);
    }

    private static Map<Integer, Element> elements(int k, String name, String instance) {
        Map<Integer, Element> all = new TreeMap<>(Integer::compareUnsigned);
        addMarkers(all);
        addImage(all, k, Math.abs(name.hashCode()), instance);
        return all;
    }

    private static void addMarkers(Map<Integer, Element> all) {
        texts(all, "PN", NAMES);
        texts(all, "LO", LONG_STRINGS);
        texts(all, "SH", SHORT_STRINGS);
        texts(all, "CS", CODES);
        texts(all, "ST", SHORT_TEXTS);
        texts(all, "LT", LONG_TEXTS);
        texts(all, "AE", 0x00080054);
        texts(all, "UC", 0x00080119);
        texts(all, "UR", 0x00080120);
        texts(all, "UT", 0x0040A160);
        put(all, "DA", DATE, DATES);
        put(all, "TM", TIME, TIMES);
        put(all, "DT", DATE + TIME, 0x0008002A);
        put(all, "AS", AGE, 0x00101010);
        put(all, "DS", DECIMAL, DECIMALS);
        put(all, "IS", INTEGER, 0x00200011, 0x00102203);
        all.put(
                0x00101002,
                image -> image.sequence(0x00101002, new DicomBytes().text(0x00100020, "LO", marker(0x00101002))));
        all.put(
                0x00400275,
                image -> image.sequence(0x00400275, new DicomBytes().text(0x00321060, "LO", marker(0x00400275))));
    }

    private static void addImage(Map<Integer, Element> all, int k, int series, String instance) {
        put(all, "CS", "ISO_IR 100", 0x00080005);
        put(all, "CS", "ORIGINAL\\PRIMARY\\AXIAL\\" + marker(0x00080008), 0x00080008);
        put(all, "UI", CT, 0x00080016);
        put(all, "UI", instance, 0x00080018);
        put(all, "CS", "CT", 0x00080060);
        put(all, "DS", "3", 0x00180050);
        put(all, "CS", "HFS", 0x00185100);
        put(all, "UI", "2.25.78." + series, 0x0020000D);
        put(all, "UI", "2.25.79." + series, 0x0020000E);
        put(all, "IS", Integer.toString(k + 1), 0x00200013);
        put(all, "DS", "-30\\-20\\" + (-40 + SLICE_MM * k), 0x00200032);
        put(all, "DS", "1\\0\\0\\0\\1\\0", 0x00200037);
        put(all, "UI", "2.25.80." + series, 0x00200052);
        put(all, "CS", "MONOCHROME2", 0x00280004);
        put(all, "DS", "1.5\\1.5", 0x00280030);
        put(all, "DS", Integer.toString(INTERCEPT), 0x00281052);
        put(all, "DS", "1", 0x00281053);
        shorts(all, 0x00280002, 1);
        shorts(all, 0x00280010, ROWS);
        shorts(all, 0x00280011, COLUMNS);
        shorts(all, 0x00280100, 16);
        shorts(all, 0x00280101, 12);
        shorts(all, 0x00280102, 11);
        shorts(all, 0x00280103, 0);
        all.put(0x7FE00010, image -> image.pixels(samples(k)));
    }

    private static int[] samples(int k) {
        int[] samples = new int[ROWS * COLUMNS];
        for (int n = 0; n < samples.length; n++) {
            samples[n] = hounsfield(n % COLUMNS, n / COLUMNS, k) - INTERCEPT;
        }
        return samples;
    }

    private static int hounsfield(int i, int j, int k) {
        double r = Math.hypot(Math.hypot((i - 18) * PIXEL_MM, (j - 20) * PIXEL_MM), (k - 9) * SLICE_MM);
        return r < 24 ? 60 + 5 * (i % 7) + 3 * (j % 5) : -1000;
    }

    private static void texts(Map<Integer, Element> all, String vr, int... tags) {
        for (int tag : tags) {
            put(all, vr, marker(tag), tag);
        }
    }

    private static void put(Map<Integer, Element> all, String vr, String value, int... tags) {
        for (int tag : tags) {
            all.put(tag, image -> image.text(tag, vr, value));
        }
    }

    private static void shorts(Map<Integer, Element> all, int tag, int value) {
        all.put(tag, image -> image.shorts(tag, value));
    }

    /** Tells where it was found. */
    public static String marker(int tag) {
        return MARK + String.format("%08X", tag);
    }
}
