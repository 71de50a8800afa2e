package io.deformux.worker.infer.outputs;

import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.model.ModelId;
import io.deformux.schemas.OutputChoice;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Preset;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.probability.Certainty;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Small results to write. */
final class Results {
    static final Preset PRESET =
            new Preset("own", List.of(), new IntensityWindow(0, 100), List.of("background", "one", "two", "none"));

    private Results() {}

    /** A grid of 4 x 3 x 2 voxels of 2 x 3 x 5 mm; the voxel at (0, 0, 0) has its centre at (10, 20, 30). */
    static Geometry grid() {
        return new Geometry(new Shape3(4, 3, 2), Affine.of(-2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 5, 30));
    }

    static SegmentedScan of(Volume scan, Optional<DicomSeries> source, LabelMap labels) {
        return of(scan, source, SegKind.BINARY, labels);
    }

    /** A result with radiomics features of all labels. */
    static SegmentedScan described(Volume scan, LabelMap labels, String bins) {
        OutputChoice asked = new OutputChoice(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(OutputChoice.ALL),
                Optional.of(bins));
        return of(
                scan, Optional.empty(), SegKind.BINARY, labels, ClassChoice.of(PRESET.classes(), PRESET.rule(), asked));
    }

    private static SegmentedScan of(Volume scan, Optional<DicomSeries> source, SegKind kind, LabelMap labels) {
        return of(scan, source, kind, labels, ClassChoice.all(PRESET.classes()));
    }

    private static SegmentedScan of(
            Volume scan, Optional<DicomSeries> source, SegKind kind, LabelMap labels, ClassChoice classes) {
        return new SegmentedScan(
                "job\ninput\nmodel",
                Instant.parse("2026-03-01T12:00:00Z"),
                new ModelId("model", "1"),
                "0123456789abcdef".repeat(4),
                PRESET,
                scan,
                source,
                kind,
                classes,
                labels,
                Certainty.UNKNOWN,
                List.of(new Warning(WarningCode.SLICES_RESAMPLED, "of 2 mm")));
    }

    /** A DICOM series with label 1 in its upper half. */
    static SegmentedScan dicom(Path folder, SegKind kind) {
        Geometry grid = new Geometry(new Shape3(6, 5, 4), Affine.scaling(1, 2, 3));
        new DicomSeriesWriter().write(folder, new Volume(grid, new float[120]), "results");
        DicomSeries series = new DicomSeriesReader(DicomLimits.defaults()).read(folder, Optional.empty());
        byte[] labels = new byte[120];
        for (int n = 0; n < 120; n++) {
            labels[n] = (byte) (n % 4 >= 2 ? 1 : 0);
        }
        Volume scan = series.volume().reverseRows();
        return of(scan, Optional.of(series), kind, new LabelMap(scan.geometry(), labels));
    }
}
