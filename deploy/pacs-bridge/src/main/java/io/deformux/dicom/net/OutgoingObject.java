package io.deformux.dicom.net;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.failure.JobException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A DICOM file (PS3.10 section 7.1) that is to be sent.
 *
 * @param file the file
 * @param dataSetStart where its data set begins
 * @param sopClass of it
 * @param sopInstance of it
 * @param transferSyntax of it
 */
public record OutgoingObject(Path file, long dataSetStart, String sopClass, String sopInstance, String transferSyntax) {
    private static final int PREAMBLE = 132;
    /** Tag, representation, length and value of File Meta Information Group Length (0002,0000). */
    private static final int GROUP_LENGTH = 12;

    /**
     * What a file holds.
     *
     * @throws IOException if it is none that can be sent
     */
    public static OutgoingObject of(Path file) throws IOException {
        try (DicomFile dicom =
                DicomFile.open(file, Long.MAX_VALUE).orElseThrow(() -> new IOException("an object is no DICOM file"))) {
            DataSet header = dicom.header();
            return new OutgoingObject(
                    file,
                    dataSetStart(file),
                    header.uid(Tag.SOP_CLASS_UID),
                    header.uid(Tag.SOP_INSTANCE_UID),
                    dicom.syntax().uid());
        } catch (JobException e) {
            throw cannotBeRead(e);
        }
    }

    static IOException cannotBeRead(JobException e) {
        return new IOException("an object cannot be read: " + e.getMessage(), e);
    }

    private static long dataSetStart(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(PREAMBLE + GROUP_LENGTH);
            ByteBuffer head = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
            if (start.length < PREAMBLE + GROUP_LENGTH || head.getInt(PREAMBLE) != 2) {
                throw new IOException("an object has no length of its meta information");
            }
            return PREAMBLE + GROUP_LENGTH + (head.getInt(PREAMBLE + GROUP_LENGTH - Integer.BYTES) & 0xffffffffL);
        }
    }

    /**
     * The transfer syntaxes that it can be sent in, the one that it has before others: Implicit VR Little Endian, which
     * every receiver takes, unless its pixels are compressed or big endian (PS3.5 section 10.1).
     */
    List<String> syntaxes() {
        boolean rewritten = transferSyntax.equals(TransferSyntax.EXPLICIT_LITTLE.uid())
                || transferSyntax.equals(TransferSyntax.DEFLATED.uid());
        return rewritten ? List.of(transferSyntax, TransferSyntax.IMPLICIT_LITTLE.uid()) : List.of(transferSyntax);
    }

    /** Its data set in one of its {@link #syntaxes}; close it. */
    InputStream dataSet(String syntax) throws IOException {
        if (!syntax.equals(transferSyntax)) {
            return ImplicitDataSet.of(file);
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.skipNBytes(dataSetStart);
        return in;
    }
}
