package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.zip.ZipException;

/**
 * Reads single-file NIfTI-1 and NIfTI-2, plain or gzip by content, either byte order, all integer types and float32 and
 * float64. Three axes; further ones must have size 1. Voxel sizes are taken as millimetres unless the header says
 * metres or micrometres, which is refused. Up to 1 MiB behind the voxels is passed over.
 *
 * <p>Whatever the bytes, the outcome is a result or a {@link JobException} with one of {@link
 * FailureCode#INPUT_NOT_FOUND}, {@link FailureCode#INPUT_TRUNCATED}, {@link FailureCode#INPUT_TOO_LARGE} (before memory
 * is taken), {@link FailureCode#NIFTI_MAGIC_WRONG}, {@link FailureCode#NIFTI_HEADER_INVALID}, {@link
 * FailureCode#AFFINE_INVALID}, or {@link FailureCode#STORAGE_DENIED} and {@link FailureCode#STORAGE_UNAVAILABLE} when
 * the disk fails. Messages carry no path.
 *
 * <p>Any number of threads may share one.
 */
public final class NiftiReader {
    /** The most that deflate can shrink anything: 258 bytes in two bits (zlib's technical notes give 1032:1). */
    private static final long DEFLATE_LIMIT = 1032;

    private static final int MAX_TRAILING = 1 << 20;
    /** How far a label may lie from an integer after scaling. */
    private static final float LABEL_ROUNDING = 1e-4f;

    private final long maxVoxels;

    /**
     * A reader with a limit.
     *
     * @param maxVoxels scans with more voxels are refused; a voxel takes 4 bytes of heap
     */
    public NiftiReader(long maxVoxels) {
        if (maxVoxels < 1) {
            throw new IllegalArgumentException("maxVoxels must be positive, not " + maxVoxels);
        }
        this.maxVoxels = maxVoxels;
    }

    /** The grid of a file; reads its header only. */
    public Geometry readGeometry(Path file) {
        return open(file, (in, size) -> header(in).geometry());
    }

    /** The scan in a file, scaled by its slope and intercept. */
    public Volume read(Path file) {
        return open(file, (in, available) -> {
            NiftiHeader header = header(in);
            Shape3 shape = header.geometry().shape();
            float[] voxels = allocate(header, available, float[]::new, Float.BYTES);
            readRows(in, header, (row, j, k, planes) -> {
                for (int i = 0; i < shape.d(); i++) {
                    int to = shape.index(i, j, k);
                    for (int p = 0; p < planes; p++) {
                        voxels[to + p] = row[p * shape.d() + i];
                    }
                }
            });
            return new Volume(header.geometry(), voxels);
        });
    }

    /**
     * The label map in a file: after scaling every voxel must be an integer from 0 to 255 (within 1e-4), whatever the
     * stored type.
     *
     * @throws JobException {@link FailureCode#NIFTI_HEADER_INVALID} if one is not
     */
    public LabelMap readLabels(Path file) {
        return open(file, (in, available) -> {
            NiftiHeader header = header(in);
            Shape3 shape = header.geometry().shape();
            byte[] labels = allocate(header, available, byte[]::new, Byte.BYTES);
            readRows(in, header, (row, j, k, planes) -> {
                for (int i = 0; i < shape.d(); i++) {
                    int to = shape.index(i, j, k);
                    for (int p = 0; p < planes; p++) {
                        labels[to + p] = label(row[p * shape.d() + i]);
                    }
                }
            });
            return new LabelMap(header.geometry(), labels);
        });
    }

    private static byte label(float value) {
        int label = Math.round(value);
        if (!(Math.abs(value - label) <= LABEL_ROUNDING) || label < 0 || label > 255) {
            throw new JobException(
                    FailureCode.NIFTI_HEADER_INVALID,
                    "this is no label map: a voxel is " + value + ", not an integer from 0 to 255");
        }
        return (byte) label;
    }

    private NiftiHeader header(InputStream in) throws IOException {
        RawHeader raw = RawHeader.read(in);
        NiftiHeader header = NiftiHeader.of(raw, maxVoxels);
        in.skipNBytes(header.dataOffset() - RawHeader.size(raw.version()));
        return header;
    }

    /** The array for the voxels, unless the file cannot hold that many or the heap has no room. */
    private static <T> T allocate(NiftiHeader header, long available, IntFunction<T> array, int bytes)
            throws EOFException {
        if (available < header.bytesNeeded()) {
            throw new EOFException();
        }
        int voxels = header.geometry().shape().length();
        try {
            return array.apply(voxels);
        } catch (OutOfMemoryError e) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE,
                    "no memory for the scan's " + voxels + " voxels of " + bytes
                            + " bytes: give the worker a larger heap or lower its limit on voxels",
                    e);
        }
    }

    /** Takes row j of planes k to k+planes-1: voxel i of plane k+p is {@code row[p * ni + i]}. */
    private interface RowSink {
        void accept(float[] row, int j, int k, int planes);
    }

    private static void readRows(InputStream in, NiftiHeader header, RowSink sink) throws IOException {
        NiftiType type = header.type();
        FileOrder order = FileOrder.of(header.geometry().shape(), type.bytes());
        int ni = order.shape().d();
        byte[] bytes = new byte[order.blockVoxels() * type.bytes()];
        ByteBuffer block = ByteBuffer.wrap(bytes).order(header.order());
        float[] row = new float[order.planes() * ni];
        order.forEach((k, planes, j, rows) -> {
            int count = planes * rows * ni * type.bytes();
            if (in.readNBytes(bytes, 0, count) < count) {
                throw new EOFException();
            }
            for (int r = 0; r < rows; r++) {
                for (int p = 0; p < planes; p++) {
                    type.decode(block, (p * rows + r) * ni, ni, row, p * ni, header.slope(), header.inter());
                }
                sink.accept(row, j + r, k, planes);
            }
        });
        // Reading on to the end makes gzip check its checksum.
        if (in.readNBytes(MAX_TRAILING + 1).length > MAX_TRAILING) {
            throw new JobException(
                    FailureCode.NIFTI_HEADER_INVALID,
                    "the file goes on after the voxels that its header states: is a dimension wrong?");
        }
    }

    /** What to read from the decompressed stream of a file that can hold at most {@code available} bytes. */
    private interface Reading<T> {
        T from(InputStream in, long available) throws IOException;
    }

    private static <T> T open(Path file, Reading<T> reading) {
        try {
            if (Files.isDirectory(file)) {
                throw new NoSuchFileException(null);
            }
            long size = Files.size(file);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                if (!isGzip(in)) {
                    return reading.from(in, size);
                }
                try (InputStream gzip = new GzipInput(in)) {
                    return reading.from(gzip, size * DEFLATE_LIMIT);
                }
            }
        } catch (NoSuchFileException e) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "there is no file at the reference", e);
        } catch (EOFException e) {
            throw new JobException(
                    FailureCode.INPUT_TRUNCATED, "the NIfTI file ends before its last voxel: send it again", e);
        } catch (ZipException e) {
            throw new JobException(
                    FailureCode.INPUT_TRUNCATED, "the NIfTI file's gzip compression is damaged: send it again", e);
        } catch (AccessDeniedException e) {
            throw new JobException(FailureCode.STORAGE_DENIED, "the worker may not read the NIfTI file", e);
        } catch (IOException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "the NIfTI file could not be read", e);
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }
}
