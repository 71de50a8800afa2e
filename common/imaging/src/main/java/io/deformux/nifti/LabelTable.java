package io.deformux.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The names and colours of a label map's classes as they stand in a NIfTI file, where viewers look for them: the XML that
 * Connectome Workbench keeps in a header extension of code 30 and TotalSegmentator writes too.
 *
 * @param labels the classes in the order of their values
 */
public record LabelTable(List<Label> labels) {
    private static final int CARET = 30;
    private static final int BLOCK = 16;
    private static final int SIZE_AND_CODE = 8;

    /**
     * One class.
     *
     * @param value its voxel value, 1 to 255
     * @param name for people
     * @param rgb its colour, red in bits 16 to 23
     */
    public record Label(int value, String name, int rgb) {
        /** The colour as {@code #rrggbb}. */
        public String hex() {
            return String.format(Locale.ROOT, "#%06x", rgb);
        }
    }

    /** The list is copied. */
    public LabelTable {
        labels = List.copyOf(labels);
    }

    /** The extension: its size, a multiple of 16, its code and the XML. */
    byte[] extension() {
        byte[] xml = xml().getBytes(StandardCharsets.UTF_8);
        int size = (SIZE_AND_CODE + xml.length + BLOCK - 1) / BLOCK * BLOCK;
        return ByteBuffer.allocate(size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(size)
                .putInt(CARET)
                .put(xml)
                .array();
    }

    private String xml() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CaretExtension>"
                + "<VolumeInformation Index=\"0\"><LabelTable>\n"
                + "<Label Key=\"0\" Red=\"1\" Green=\"1\" Blue=\"1\" Alpha=\"0\"><![CDATA[???]]></Label>\n");
        for (Label label : labels) {
            xml.append(String.format(
                    Locale.ROOT,
                    "<Label Key=\"%d\" Red=\"%.4f\" Green=\"%.4f\" Blue=\"%.4f\" Alpha=\"1\"><![CDATA[%s]]></Label>\n",
                    label.value(),
                    (label.rgb() >> 16 & 0xff) / 255.0,
                    (label.rgb() >> 8 & 0xff) / 255.0,
                    (label.rgb() & 0xff) / 255.0,
                    label.name().replaceAll("\\p{Cntrl}", " ").replace("]]>", "]] >")));
        }
        return xml.append(
                        "</LabelTable><VolumeType><![CDATA[Label]]></VolumeType></VolumeInformation></CaretExtension>")
                .toString();
    }
}
