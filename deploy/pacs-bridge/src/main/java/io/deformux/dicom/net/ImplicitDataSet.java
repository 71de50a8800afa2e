package io.deformux.dicom.net;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DataSetWriter;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Encoding;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.JobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The data set of an object that is stored in an explicit little endian syntax, in Implicit VR Little Endian (PS3.5 Annex
 * A.1). Pixel Data, whose bytes are the same in both, goes through piece by piece; what follows it, which may only be padding
 * or a signature of what is encoded otherwise, is left out. It owns the open file; close it. One thread.
 */
final class ImplicitDataSet extends InputStream {
    private static final int PIECE = 1 << 16;

    private final DicomFile file;
    private ByteBuffer piece;
    /** Bytes of Pixel Data that come after the piece. */
    private long left;

    private ImplicitDataSet(DicomFile file) throws IOException {
        this.file = file;
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        DataSet header = file.header();
        new DataSetWriter(start, Encoding.IMPLICIT_LITTLE).write(header);
        if (file.hasPixelData()) {
            left = file.openPixelData();
            int tag = Tag.PIXEL_DATA.number();
            start.writeBytes(ByteBuffer.allocate(2 * Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) (tag >>> Short.SIZE))
                    .putShort((short) tag)
                    .putInt((int) left)
                    .array());
        }
        piece = ByteBuffer.wrap(start.toByteArray());
    }

    /**
     * Of a file.
     *
     * @throws IOException if it cannot be read
     */
    static ImplicitDataSet of(Path path) throws IOException {
        DicomFile file = null;
        ImplicitDataSet made = null;
        try {
            file = DicomFile.open(path, Long.MAX_VALUE)
                    .orElseThrow(() -> new IOException("an object is no DICOM file any more"));
            made = new ImplicitDataSet(file);
            return made;
        } catch (JobException e) {
            throw OutgoingObject.cannotBeRead(e);
        } finally {
            if (file != null && made == null) {
                file.close();
            }
        }
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int n = Math.min(length, piece.remaining());
        piece.get(bytes, offset, n);
        return n;
    }

    private boolean hasMore() throws IOException {
        if (!piece.hasRemaining() && left > 0) {
            int n = (int) Math.min(left, PIECE);
            try {
                piece = ByteBuffer.wrap(file.pixelBytes(n));
            } catch (JobException e) {
                throw OutgoingObject.cannotBeRead(e);
            }
            left -= n;
        }
        return piece.hasRemaining();
    }

    @Override
    public void close() {
        file.close();
    }
}
