package io.deformux.testing.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.IntUnaryOperator;

/**
 * An Enhanced CT object (PS3.3 section A.38) with the attributes that place its voxels: a head-first supine stack of frames,
 * 1 mm by 0.9 mm by 2.5 mm, the first frame at (-20, -20, -30) mm of the patient's left, posterior and head.
 */
public final class EnhancedCt {
    private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.2.1";
    private static final int INTERCEPT = -1024;

    private EnhancedCt() {}

    /**
     * Writes such an object; folders are made.
     *
     * @param name what its UIDs are made of
     * @param hounsfield the value of a voxel, from -1024 to 3071, by its place: frame by frame, row by row
     */
    public static Path write(Path file, String name, int columns, int rows, int frames, IntUnaryOperator hounsfield) {
        int[] samples = new int[columns * rows * frames];
        for (int n = 0; n < samples.length; n++) {
            samples[n] = hounsfield.applyAsInt(n) - INTERCEPT;
        }
        DicomBytes[] perFrame = new DicomBytes[frames];
        for (int k = 0; k < frames; k++) {
            perFrame[k] = perFrame(k);
        }
        String instance = uid(name + " instance");
        DicomBytes object = new DicomBytes()
                .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\VOLUME\\NONE")
                .text(0x00080016, "UI", SOP_CLASS)
                .text(0x00080018, "UI", instance)
                .text(0x00080020, "DA", "")
                .text(0x00080030, "TM", "")
                .text(0x00080050, "SH", "")
                .text(0x00080060, "CS", "CT")
                .text(0x00080090, "PN", "")
                .text(0x00100010, "PN", "")
                .text(0x00100020, "LO", name)
                .text(0x00100030, "DA", "")
                .text(0x00100040, "CS", "")
                .text(0x0020000D, "UI", uid(name + " study"))
                .text(0x0020000E, "UI", uid(name + " series"))
                .text(0x00200010, "SH", "")
                .text(0x00200011, "IS", "1")
                .text(0x00200013, "IS", "1")
                .text(0x00200052, "UI", uid(name + " frame of reference"))
                .shorts(0x00280002, 1)
                .text(0x00280004, "CS", "MONOCHROME2")
                .text(0x00280008, "IS", Integer.toString(frames))
                .shorts(0x00280010, rows)
                .shorts(0x00280011, columns)
                .shorts(0x00280100, 16)
                .shorts(0x00280101, 12)
                .shorts(0x00280102, 11)
                .shorts(0x00280103, 0)
                .sequence(0x52009229, shared())
                .sequence(0x52009230, perFrame)
                .pixels(samples);
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, object.file(SOP_CLASS, instance));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DicomBytes shared() {
        return new DicomBytes()
                .sequence(0x00209116, new DicomBytes().text(0x00200037, "DS", "1\\0\\0\\0\\1\\0"))
                .sequence(
                        0x00289110,
                        new DicomBytes().text(0x00180050, "DS", "2.5").text(0x00280030, "DS", "0.9\\1"))
                .sequence(
                        0x00289145,
                        new DicomBytes()
                                .text(0x00281052, "DS", Integer.toString(INTERCEPT))
                                .text(0x00281053, "DS", "1")
                                .text(0x00281054, "LO", "HU"));
    }

    private static DicomBytes perFrame(int k) {
        return new DicomBytes()
                .sequence(0x00209113, new DicomBytes().text(0x00200032, "DS", "-20\\-20\\" + (-30 + 2.5 * k)));
    }

    /** A UID of a name (PS3.5 section B.2). */
    private static String uid(String name) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
    }
}
