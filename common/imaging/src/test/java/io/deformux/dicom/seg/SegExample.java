package io.deformux.dicom.seg;

import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A small series, labels on it, and the segmentation of both. */
public record SegExample(DicomSeries series, LabelMap labels, List<Segment> segments, SegDescription description) {
    static final Instant BEGUN = Instant.parse("2026-03-01T22:30:05.5Z");
    static final List<String> CLASSES = List.of("background", "spleen", "right kidney", "left kidney", "growth");

    /** Labels 1, 3 and 4 (of which 4 is only in one slice), none of 2, in no pattern; slice 0 stays empty. */
    public static SegExample of(Path folder, Affine affine, SegKind kind) {
        // 7 x 5 pixels: no frame ends at a byte.
        DicomSeries series = series(folder, new Shape3(7, 5, 6), affine);
        Shape3 shape = series.volume().geometry().shape();
        byte[] voxels = new byte[shape.length()];
        Random random = new Random(7);
        for (int n = 0; n < voxels.length; n++) {
            int k = n % shape.w();
            voxels[n] = (byte) (k == 0 ? 0 : new int[] {0, 1, 3, k == 4 ? 4 : 0}[random.nextInt(4)]);
        }
        return of(series, new LabelMap(series.volume().geometry(), voxels), kind);
    }

    /** The labels of a series, coded as those of {@link #CLASSES}. */
    public static SegExample of(DicomSeries series, LabelMap labels, SegKind kind) {
        return new SegExample(
                series,
                labels,
                Segment.present(labels.counts(), "amos", CLASSES, SegmentTable.standard()),
                new SegDescription(kind, "job-1\ninput\nmodel", "amos-test", "1.2.0", "0123456789abcdef", "0.1.0", BEGUN));
    }

    static DicomSeries series(Path folder, Shape3 shape, Affine affine) {
        new DicomSeriesWriter()
                .write(folder, new Volume(new Geometry(shape, affine), new float[shape.length()]), "seg");
        return read(folder);
    }

    static DicomSeries read(Path folder) {
        return new DicomSeriesReader(DicomLimits.defaults()).read(folder, Optional.empty());
    }

    /** Writes the segmentation; gives its path. */
    public Path write(Path file) {
        new SegWriter().write(file, labels, segments, series.info(), series.source(), description);
        return file;
    }

    /** The label map with segment numbers instead of labels. */
    byte[] numbers() {
        byte[] number = new byte[256];
        segments.forEach(segment -> number[segment.label()] = (byte) segment.number());
        byte[] numbers = labels.labels().clone();
        for (int n = 0; n < numbers.length; n++) {
            numbers[n] = number[numbers[n] & 0xff];
        }
        return numbers;
    }
}
