package io.deformux.dicom.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes a data set as a DICOM file: preamble, meta information, data set (PS3.10 section 7.1). */
public final class DicomFileWriter {
    /** Identifies this software as the writer; a UUID made for the purpose (PS3.5 section B.2). */
    public static final String IMPLEMENTATION = "2.25.121237237355411753433942532730168216255";

    private DicomFileWriter() {}

    /**
     * Writes one object. Its SOP class and instance come from the data set; values are brought into the byte order of
     * the syntax, Pixel Data has to be in its form already.
     */
    public static void write(OutputStream out, TransferSyntax syntax, DataSet dataSet) throws IOException {
        writeStart(out, dataSet.uid(Tag.SOP_CLASS_UID), dataSet.uid(Tag.SOP_INSTANCE_UID), syntax.uid());
        if (syntax.deflated()) {
            writeDeflated(out, dataSet);
        } else {
            new DataSetWriter(out, syntax.encoding()).write(dataSet);
        }
    }

    /** Writes what comes before the data set of an object, for those who have that in its transfer syntax already. */
    public static void writeStart(OutputStream out, String sopClass, String sopInstance, String syntax)
            throws IOException {
        DataSet meta = new DataSet()
                .put(bytes(Tag.FILE_META_INFORMATION_VERSION, new byte[] {0, 1}))
                .put(Tag.MEDIA_STORAGE_SOP_CLASS_UID, sopClass)
                .put(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, sopInstance)
                .put(Tag.TRANSFER_SYNTAX_UID, syntax)
                .put(Tag.IMPLEMENTATION_CLASS_UID, IMPLEMENTATION);
        ByteArrayOutputStream group = new ByteArrayOutputStream();
        new DataSetWriter(group, Encoding.EXPLICIT_LITTLE).write(meta);
        byte[] length = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(group.size())
                .array();

        out.write(new byte[128]);
        out.write(new byte[] {'D', 'I', 'C', 'M'});
        new DataSetWriter(out, Encoding.EXPLICIT_LITTLE)
                .write(new DataSet().put(bytes(Tag.FILE_META_INFORMATION_GROUP_LENGTH, length)));
        group.writeTo(out);
    }

    private static void writeDeflated(OutputStream out, DataSet dataSet) throws IOException {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater);
            new DataSetWriter(deflated, Encoding.EXPLICIT_LITTLE).write(dataSet);
            deflated.finish();
        } finally {
            deflater.end();
        }
    }

    private static Element bytes(Tag tag, byte[] value) {
        return new Element.Bytes(tag.number(), tag.vr(), value, ByteOrder.LITTLE_ENDIAN);
    }
}
