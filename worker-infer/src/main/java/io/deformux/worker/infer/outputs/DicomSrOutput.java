package io.deformux.worker.infer.outputs;

import io.deformux.dicom.seg.Segment;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.sr.SegmentMeasurement;
import io.deformux.dicom.sr.SrWriter;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The measurements as a DICOM structured report in the study of the source. It refers to the segmentation of the same job,
 * so there is one only where there is that, and something in it is measured.
 */
public final class DicomSrOutput implements OneFileOutput {
    private final SegmentTable table;
    private final String softwareVersion;
    private final SrWriter writer = new SrWriter();

    /** An output with the codes of that table. */
    public DicomSrOutput(SegmentTable table, String softwareVersion) {
        this.table = Objects.requireNonNull(table, "table");
        this.softwareVersion = Objects.requireNonNull(softwareVersion, "softwareVersion");
    }

    @Override
    public OutputRole role() {
        return OutputRole.DICOM_SR;
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        List<Segment> segments = result.segments(table).stream()
                .filter(segment -> result.classes().measured().contains(segment.label()))
                .toList();
        if (result.source().isEmpty() || segments.isEmpty()) {
            return false;
        }
        DicomSeries source = result.source().get();
        LabelStatistics[] statistics = LabelStatistics.of(result.labels().labels(), result.scan());
        double millilitres = result.labels().geometry().voxelMillilitres();
        List<SegmentMeasurement> measurements = segments.stream()
                .map(segment -> measurement(segment, statistics[segment.label()], millilitres))
                .toList();
        writer.write(file, measurements, source.info(), source.source(), result.description(softwareVersion));
        return true;
    }

    private static SegmentMeasurement measurement(Segment segment, LabelStatistics of, double millilitres) {
        return new SegmentMeasurement(
                segment, of.voxels() * millilitres, of.values() == 0 ? Optional.empty() : Optional.of(of.mean()));
    }
}
