package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_MISSING;
import static io.deformux.failure.FailureCode.DICOM_MALFORMED;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.STORAGE_DENIED;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;

import io.deformux.failure.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A DICOM file (PS3.10 section 7.1) that is read from front to back: first {@link #header()}, then, where wanted,
 * {@link #pixelData} as a whole or {@link #pixelBytes} piece by piece. What follows the Pixel Data is never read.
 * Belongs to one thread.
 */
public final class DicomFile implements AutoCloseable {
    private static final int PREAMBLE = 128;
    private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

    private final ByteSource file;
    private final DataSet meta;
    private final long maxBytes;
    private ByteSource body;
    private DataSetReader bodyReader;

    private DicomFile(ByteSource file, long maxBytes) {
        this.file = file;
        file.take(PREAMBLE + MAGIC.length);
        this.meta = new DataSetReader(file).read(Encoding.EXPLICIT_LITTLE, tag -> tag >>> 16 != 0x0002);
        this.maxBytes = maxBytes;
    }

    /**
     * Opens a file and reads its meta information.
     *
     * @return empty where the file has not the letters DICM after a preamble of 128 bytes: bare data sets are not taken
     * @throws JobException if it is larger than {@code maxBytes}, cannot be read or is malformed
     */
    public static Optional<DicomFile> open(Path path, long maxBytes) {
        ByteSource file = null;
        try {
            long size = Files.size(path);
            if (size > maxBytes) {
                throw new JobException(INPUT_TOO_LARGE, "a file is larger than the " + maxBytes + " bytes allowed");
            }
            file = ByteSource.of(Files.newInputStream(path), size);
            if (!isPart10(file.peek(PREAMBLE + MAGIC.length))) {
                file.close();
                return Optional.empty();
            }
            return Optional.of(new DicomFile(file, maxBytes));
        } catch (NoSuchFileException e) {
            // Causes are left out: their messages hold paths.
            throw new JobException(INPUT_NOT_FOUND, "a file disappeared while the folder was read");
        } catch (AccessDeniedException e) {
            throw new JobException(STORAGE_DENIED, "a file may not be read by this user");
        } catch (IOException e) {
            throw new JobException(STORAGE_UNAVAILABLE, "a file could not be opened");
        } catch (JobException e) {
            if (file != null) {
                file.close();
            }
            throw e;
        }
    }

    /** Whether a file has the letters DICM after a preamble of 128 bytes. */
    public static boolean isPart10(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return isPart10(in.readNBytes(PREAMBLE + MAGIC.length));
        }
    }

    private static boolean isPart10(byte[] start) {
        return start.length == PREAMBLE + MAGIC.length
                && Arrays.equals(start, PREAMBLE, start.length, MAGIC, 0, MAGIC.length);
    }

    /** The SOP class that the meta information states. */
    public String sopClassUid() {
        return meta.uid(Tag.MEDIA_STORAGE_SOP_CLASS_UID);
    }

    /**
     * The transfer syntax.
     *
     * @throws JobException {@code DICOM_TRANSFER_SYNTAX_UNSUPPORTED} for a private one
     */
    public TransferSyntax syntax() {
        return TransferSyntax.of(meta.uid(Tag.TRANSFER_SYNTAX_UID));
    }

    /** Bytes of the whole file. */
    public long size() {
        return file.end();
    }

    /** All elements before the Pixel Data of an image; call it once. */
    public DataSet header() {
        return header(DataSetReader.MAX_ELEMENTS);
    }

    /** All elements before the Pixel Data, items counted too, at most {@code maxElements}; call it once. */
    public DataSet header(int maxElements) {
        return header(maxElements, DataSetReader.MAX_HEADER_BYTES);
    }

    /** The same, whose values may take {@code maxHeaderBytes} in memory. */
    public DataSet header(int maxElements, long maxHeaderBytes) {
        TransferSyntax syntax = syntax();
        body = syntax.deflated() ? file.inflated(maxBytes) : file;
        bodyReader = new DataSetReader(body, maxElements, maxHeaderBytes);
        return bodyReader.read(syntax.encoding(), tag -> tag == Tag.PIXEL_DATA.number());
    }

    /**
     * The Pixel Data; call {@link #header()} before.
     *
     * @param maxBytes how much memory it may take, coded as it is
     * @return fragments where the transfer syntax is encapsulated, else bytes
     * @throws JobException {@code DICOM_ATTRIBUTE_MISSING} if there are none, {@code DICOM_MALFORMED} if they are not in the
     *     form of the transfer syntax, {@code INPUT_TOO_LARGE} or {@code INPUT_TRUNCATED}
     */
    public Element pixelData(long maxBytes) {
        if (body.atEnd()) {
            throw new JobException(DICOM_ATTRIBUTE_MISSING, Tag.PIXEL_DATA + " is missing");
        }
        TransferSyntax syntax = syntax();
        Element element = bodyReader.readElement(syntax.encoding(), maxBytes);
        boolean fits = syntax.encapsulated() ? element instanceof Element.Fragments : element instanceof Element.Bytes;
        if (!fits) {
            throw new JobException(
                    DICOM_MALFORMED,
                    Tag.PIXEL_DATA + " is not " + (syntax.encapsulated() ? "in fragments" : "one value")
                            + ", against transfer syntax " + syntax.uid());
        }
        return element;
    }

    /** Goes into Pixel Data without fragments, instead of {@link #pixelData}; gives its length in bytes. */
    public long openPixelData() {
        if (body.atEnd()) {
            throw new JobException(DICOM_ATTRIBUTE_MISSING, Tag.PIXEL_DATA + " is missing");
        }
        return bodyReader.openElement(syntax().encoding());
    }

    /** The next {@code n} bytes of the Pixel Data; call {@link #openPixelData()} before. */
    public byte[] pixelBytes(int n) {
        return body.take(n);
    }

    @Override
    public void close() {
        if (body != null && body != file) {
            body.close();
        }
        file.close();
    }
}
