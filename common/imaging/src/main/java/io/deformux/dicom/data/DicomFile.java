package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_MISSING;
import static io.deformux.failure.FailureCode.DICOM_MALFORMED;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
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
 *
 * <p>Taken too, since older software writes it: a data set without preamble, without meta information or with some of it.
 * How a data set is encoded is seen at its first element; what the meta information says of that decides nothing. A file
 * that is compressed with gzip as a whole is read as what it holds.
 */
public final class DicomFile implements AutoCloseable {
    private static final int PREAMBLE = 128;
    private static final int META_GROUP = 0x0002;
    private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

    private final ByteSource file;
    private final DataSet meta;
    private final long maxBytes;
    private ByteSource body;
    private DataSetReader bodyReader;
    private TransferSyntax syntax;

    private DicomFile(ByteSource file, DataSet meta, long maxBytes) {
        this.file = file;
        this.meta = meta;
        this.maxBytes = maxBytes;
    }

    /**
     * Opens a file and reads its meta information.
     *
     * @return empty where the file has not the letters DICM after a preamble of 128 bytes and is no bare data set either
     * @throws JobException if it is larger than {@code maxBytes}, cannot be read or is malformed
     */
    public static Optional<DicomFile> open(Path path, long maxBytes) {
        ByteSource file = null;
        try {
            long size = Files.size(path);
            if (size > maxBytes) {
                throw new JobException(INPUT_TOO_LARGE, "a file is larger than the " + maxBytes + " bytes allowed");
            }
            file = unpacked(ByteSource.of(Files.newInputStream(path), size), maxBytes);
            byte[] start = file.peek(DataSetStart.BYTES);
            if (isPart10(start)) {
                file.take(PREAMBLE + MAGIC.length);
            } else if (!DataSetStart.isDataSet(start)) {
                file.close();
                return Optional.empty();
            }
            return Optional.of(new DicomFile(file, meta(file), maxBytes));
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

    /** Whether {@link #open} would take a file for DICOM. */
    public static boolean isDicom(Path path) throws IOException {
        try (ByteSource file = unpacked(ByteSource.of(Files.newInputStream(path), Files.size(path)), Long.MAX_VALUE)) {
            byte[] start = file.peek(DataSetStart.BYTES);
            return isPart10(start) || DataSetStart.isDataSet(start);
        }
    }

    /** What a file holds that is compressed with gzip, nothing where that is damaged from the start; any other as it is. */
    private static ByteSource unpacked(ByteSource file, long maxBytes) {
        if (!file.isGzip()) {
            return file;
        }
        try {
            ByteSource content = file.unpacked(maxBytes);
            content.peek(DataSetStart.BYTES);
            return content;
        } catch (JobException e) {
            file.close();
            if (e.code() != INPUT_TRUNCATED) {
                throw e;
            }
            return ByteSource.of(InputStream.nullInputStream(), 0);
        }
    }

    private static boolean isPart10(byte[] start) {
        int end = PREAMBLE + MAGIC.length;
        return start.length >= end && Arrays.equals(start, PREAMBLE, end, MAGIC, 0, MAGIC.length);
    }

    /** The elements of group 0002, explicit little endian unless the first of them shows that they are not. */
    private static DataSet meta(ByteSource file) {
        Encoding encoding = DataSetStart.encoding(file.peek(6), Encoding.EXPLICIT_LITTLE);
        return new DataSetReader(file).read(encoding, tag -> tag >>> 16 != META_GROUP);
    }

    /** The SOP class that the meta information states. */
    public Optional<String> sopClassUid() {
        return meta.optionalUid(Tag.MEDIA_STORAGE_SOP_CLASS_UID);
    }

    /** The SOP instance that the meta information states. */
    public Optional<String> sopInstanceUid() {
        return meta.optionalUid(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID);
    }

    /** The transfer syntax as it was found to be, known once {@link #header()} was called. */
    public TransferSyntax syntax() {
        if (syntax == null) {
            throw new IllegalStateException("the header was not read");
        }
        return syntax;
    }

    /** Bytes of the whole file. */
    public long size() {
        return file.end();
    }

    /**
     * All elements before the Pixel Data of an image; call it once.
     *
     * @throws JobException {@code DICOM_TRANSFER_SYNTAX_UNSUPPORTED} for a private transfer syntax
     */
    public DataSet header() {
        return header(DataSetReader.MAX_ELEMENTS);
    }

    /** All elements before the Pixel Data, items counted too, at most {@code maxElements}; call it once. */
    public DataSet header(int maxElements) {
        return header(maxElements, DataSetReader.MAX_HEADER_BYTES);
    }

    /** The same, whose values may take {@code maxHeaderBytes} in memory. */
    public DataSet header(int maxElements, long maxHeaderBytes) {
        TransferSyntax stated = meta.optionalUid(Tag.TRANSFER_SYNTAX_UID)
                .map(TransferSyntax::of)
                .orElse(TransferSyntax.IMPLICIT_LITTLE);
        boolean deflated = stated.deflated() && !DataSetStart.isDataSet(file.peek(DataSetStart.BYTES));
        body = deflated ? file.inflated(maxBytes) : file;
        syntax = stated.found(DataSetStart.encoding(body.peek(6), stated.encoding()), deflated);
        bodyReader = new DataSetReader(body, maxElements, maxHeaderBytes);
        return bodyReader.read(syntax.encoding(), tag -> tag == Tag.PIXEL_DATA.number());
    }

    /** Whether Pixel Data follow; call {@link #header()} before. */
    public boolean hasPixelData() {
        return !body.atEnd();
    }

    /**
     * The Pixel Data; call {@link #header()} before.
     *
     * @param maxBytes how much memory it may take, coded as it is
     * @return fragments, or bytes where the samples are not compressed, which they may be against the transfer syntax
     * @throws JobException {@code DICOM_ATTRIBUTE_MISSING} if there are none, {@code DICOM_MALFORMED} if they are not in the
     *     form of the transfer syntax, {@code INPUT_TOO_LARGE} or {@code INPUT_TRUNCATED}
     */
    public Element pixelData(long maxBytes) {
        if (body.atEnd()) {
            throw new JobException(DICOM_ATTRIBUTE_MISSING, Tag.PIXEL_DATA + " is missing");
        }
        Element element = bodyReader.readElement(syntax.encoding(), maxBytes);
        if (element instanceof Element.Fragments && !syntax.encapsulated()) {
            throw new JobException(
                    DICOM_MALFORMED,
                    Tag.PIXEL_DATA + " is in fragments, and "
                            + (meta.has(Tag.TRANSFER_SYNTAX_UID)
                                    ? "transfer syntax " + syntax.uid() + " has none"
                                    : Tag.TRANSFER_SYNTAX_UID
                                            + ", which would say how they are compressed, is missing"));
        }
        if (element instanceof Element.Items) {
            throw new JobException(DICOM_MALFORMED, Tag.PIXEL_DATA + " is a sequence");
        }
        file.requireWhole();
        return element;
    }

    /** Goes into Pixel Data without fragments, instead of {@link #pixelData}; gives its length in bytes. */
    public long openPixelData() {
        if (body.atEnd()) {
            throw new JobException(DICOM_ATTRIBUTE_MISSING, Tag.PIXEL_DATA + " is missing");
        }
        return bodyReader.openElement(syntax.encoding());
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
