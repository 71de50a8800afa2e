package io.deformux.dicom.seg;

import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.OUTPUT_FAILED;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.SeriesSource;
import io.deformux.failure.DiskFull;
import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Writes a label map on the grid of a DICOM series as one multi-frame segmentation in the series' study (Explicit VR
 * Little Endian). The same input gives the same bytes: UIDs follow from {@link SegDescription#identity()}, dates from its
 * begin. Empty segments and frames are left out; a label map of background alone is no object at all, since one without
 * a frame is not valid and one with an empty frame says less than none. As safe to share as what it asks.
 */
public final class SegWriter {
    /** The longest value of a 32-bit length that is even (PS3.5 section 7.1.1). */
    private static final long MOST_PIXEL_BYTES = 0xfffffffeL;

    private final Runnable watch;

    /** A writer that nobody stops. */
    public SegWriter() {
        this(() -> {});
    }

    /**
     * A writer that asks between blocks of frames.
     *
     * @param watch ends the work where it throws
     */
    public SegWriter(Runnable watch) {
        this.watch = Objects.requireNonNull(watch, "watch");
    }

    /**
     * Writes one object.
     *
     * @param file is made or replaced
     * @param labels on the grid that the reader made of the series: i along columns, j along rows, k over slices
     * @param segments what {@link Segment#present} gives for these labels; at least one
     * @param info the series
     * @param source what is copied from it
     * @param description how the object was made
     * @throws JobException {@code OUTPUT_FAILED} if it cannot be written, {@code INPUT_TOO_LARGE} if the pixels exceed
     *     4 GiB
     */
    public void write(
            Path file,
            LabelMap labels,
            List<Segment> segments,
            SeriesInfo info,
            SeriesSource source,
            SegDescription description) {
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a segmentation needs a segment");
        }
        if (info.instances().size() != labels.geometry().shape().w()) {
            throw new IllegalArgumentException("a label map with another number of slices than its source");
        }
        Frames frames = Frames.of(description.kind(), labels, segments);
        long bytes = pixelBytes(frames, labels.geometry().shape());
        DataSet header = new SegHeader(info, source, description).of(segments, frames, labels.geometry());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            DicomFileWriter.write(out, TransferSyntax.EXPLICIT_LITTLE, header);
            writePixelData(out, bytes, frames, labels, numbers(segments));
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(OUTPUT_FAILED, e), "the segmentation could not be written: check the scratch disk", e);
        }
    }

    private static long pixelBytes(Frames frames, Shape3 shape) {
        long pixels = (long) frames.frames().size() * shape.d() * shape.h();
        long bytes = frames.kind() == SegKind.BINARY ? BitPacker.bytes(pixels) : pixels;
        if (bytes > MOST_PIXEL_BYTES) {
            throw new JobException(
                    INPUT_TOO_LARGE,
                    "a segmentation of " + frames.frames().size()
                            + " frames has more than the 4 GiB that DICOM allows");
        }
        return bytes;
    }

    /** The last element of the object, after the header: representation OB, even length. */
    private void writePixelData(OutputStream out, long bytes, Frames frames, LabelMap labels, byte[] numbers)
            throws IOException {
        long even = bytes + bytes % 2;
        int tag = Tag.PIXEL_DATA.number();
        out.write(new byte[] {
            (byte) (tag >> 16),
            (byte) (tag >> 24),
            (byte) tag,
            (byte) (tag >> 8),
            'O',
            'B',
            0,
            0,
            (byte) even,
            (byte) (even >> 8),
            (byte) (even >> 16),
            (byte) (even >> 24)
        });
        SliceBlocks slices = new SliceBlocks(labels, watch);
        if (frames.kind() == SegKind.LABELMAP) {
            byte[] frame = new byte
                    [labels.geometry().shape().d() * labels.geometry().shape().h()];
            slices.forEach(frames.frames().stream().map(Frames.Frame::k).toList(), (k, rows) -> {
                for (int n = 0; n < frame.length; n++) {
                    frame[n] = numbers[rows[n] & 0xff];
                }
                out.write(frame);
            });
        } else {
            writeBits(out, frames, slices);
        }
        if (bytes % 2 != 0) {
            out.write(0);
        }
    }

    /** The segment number of each label, 0 for one without a segment. */
    private static byte[] numbers(List<Segment> segments) {
        byte[] numbers = new byte[256];
        segments.forEach(segment -> numbers[segment.label()] = (byte) segment.number());
        return numbers;
    }

    private static void writeBits(OutputStream out, Frames frames, SliceBlocks slices) throws IOException {
        BitPacker packer = new BitPacker(out);
        int from = 0;
        while (from < frames.frames().size()) {
            int label = frames.frames().get(from).label();
            int to = from;
            while (to < frames.frames().size() && frames.frames().get(to).label() == label) {
                to++;
            }
            List<Integer> ks = frames.frames().subList(from, to).stream()
                    .map(Frames.Frame::k)
                    .toList();
            slices.forEach(ks, (k, rows) -> packer.put(rows, label));
            from = to;
        }
        packer.finish();
    }
}
