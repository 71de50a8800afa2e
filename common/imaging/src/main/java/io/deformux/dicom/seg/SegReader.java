package io.deformux.dicom.seg;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.DICOM_NO_IMAGES;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.FrameHeaders;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.series.slice.Plane;
import io.deformux.failure.JobException;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads a segmentation of either {@link SegKind} onto a grid. Each frame is placed by its own position, orientation and
 * spacing, not by its order, so a result that equals a label map has the same segments in the same places of the
 * patient. Takes uncompressed objects whose pixels lie on voxels of the grid; refuses fractional and overlapping ones.
 * As safe to share as what it asks.
 */
public final class SegReader {
    /** 15 segments on each of 2048 slices, some 30 elements and items for each. */
    private static final int MAX_ELEMENTS = 1 << 20;

    /** A header, and the longest Pixel Data. */
    private static final long MAX_BYTES = 1L << 33;

    /** Between two questions whether to go on. */
    private static final int FRAMES = 64;

    private final Runnable watch;

    /** A reader that nobody stops. */
    public SegReader() {
        this(() -> {});
    }

    /**
     * A reader that asks between blocks of frames.
     *
     * @param watch ends the work where it throws
     */
    public SegReader(Runnable watch) {
        this.watch = Objects.requireNonNull(watch, "watch");
    }

    /**
     * Reads an object.
     *
     * @param file the file
     * @param geometry the grid to put it on
     * @return at each voxel the number of its segment, 0 where there is none
     * @throws JobException a {@code DICOM_} code if the object cannot be read or does not lie on the grid
     */
    public LabelMap read(Path file, Geometry geometry) {
        try (DicomFile open = DicomFile.open(file, MAX_BYTES)
                .orElseThrow(() -> new JobException(DICOM_NO_IMAGES, "the file has no DICOM preamble"))) {
            DataSet header = open.header(MAX_ELEMENTS);
            SegKind kind = kind(header);
            if (!open.syntax().equals(TransferSyntax.EXPLICIT_LITTLE)) {
                throw new JobException(
                        DICOM_ATTRIBUTE_INVALID, "only Explicit VR Little Endian segmentations are read");
            }
            byte[] voxels = new byte[geometry.shape().length()];
            read(open, header, kind, new FramePlacement(geometry, voxels));
            return new LabelMap(geometry, voxels);
        }
    }

    private void read(DicomFile file, DataSet header, SegKind kind, FramePlacement placement) {
        int rows = header.unsignedShort(Tag.ROWS);
        int columns = header.unsignedShort(Tag.COLUMNS);
        FrameHeaders headers = FrameHeaders.of(header);
        boolean[] known = new boolean[256];
        known[0] = true;
        header.items(Tag.SEGMENT_SEQUENCE).forEach(item -> known[segmentNumber(item, Tag.SEGMENT_NUMBER)] = true);
        if ((long) rows * columns > placement.voxels()) {
            throw invalid(Tag.ROWS, "and " + Tag.COLUMNS + " are more than the grid has");
        }
        int pixels = rows * columns;
        long total = (long) pixels * headers.count();
        long bytes = kind == SegKind.BINARY ? BitPacker.bytes(total) : total;
        if (file.openPixelData() != bytes + bytes % 2) {
            throw invalid(Tag.PIXEL_DATA, "has not the length that rows, columns and frames ask for");
        }
        FrameSource frames = new FrameSource(file, kind);
        for (int n = 0; n < headers.count(); n++) {
            if (n % FRAMES == 0) {
                watch.run();
            }
            DataSet frame = headers.frame(n);
            int number = kind == SegKind.LABELMAP ? 0 : segmentNumber(frame, Tag.REFERENCED_SEGMENT_NUMBER);
            int[] values = frames.next(pixels, number);
            for (int value : values) {
                if (!known[value]) {
                    throw invalid(Tag.SEGMENT_NUMBER, "of a pixel is not in the " + Tag.SEGMENT_SEQUENCE);
                }
            }
            placement.put(Plane.of(frame), rows, columns, values);
        }
    }

    private static SegKind kind(DataSet header) {
        String sopClass = header.uid(Tag.SOP_CLASS_UID);
        for (SegKind kind : SegKind.values()) {
            if (kind.sopClassUid().equals(sopClass)
                    && header.codes(Tag.SEGMENTATION_TYPE).equals(List.of(kind.name()))
                    && header.unsignedShort(Tag.BITS_ALLOCATED) == kind.bits()) {
                return kind;
            }
        }
        throw invalid(Tag.SEGMENTATION_TYPE, "is not one that is read");
    }

    private static int segmentNumber(DataSet item, Tag tag) {
        int number = item.unsignedShort(tag);
        if (number < 1 || number > 255) {
            throw invalid(tag, "is not 1 to 255");
        }
        return number;
    }

    private static JobException invalid(Tag tag, String what) {
        return new JobException(DICOM_ATTRIBUTE_INVALID, tag + " " + what);
    }
}
