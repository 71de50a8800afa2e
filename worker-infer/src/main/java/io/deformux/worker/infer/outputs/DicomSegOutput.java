package io.deformux.worker.infer.outputs;

import io.deformux.dicom.seg.SegReader;
import io.deformux.dicom.seg.SegWriter;
import io.deformux.dicom.seg.Segment;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The label map as a DICOM segmentation in the study of its source, believed only after every pixel was found again at
 * its place in the patient. Nothing is written for a scan that is no DICOM series, or where nothing was found.
 */
public final class DicomSegOutput implements OneFileOutput {
    private final SegmentTable table;
    private final String softwareVersion;

    /** An output with the codes of that table. */
    public DicomSegOutput(SegmentTable table, String softwareVersion) {
        this.table = Objects.requireNonNull(table, "table");
        this.softwareVersion = Objects.requireNonNull(softwareVersion, "softwareVersion");
    }

    @Override
    public OutputRole role() {
        return OutputRole.DICOM_SEG;
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        List<Segment> segments = result.segments(table);
        if (result.source().isEmpty() || segments.isEmpty()) {
            return false;
        }
        DicomSeries source = result.source().get();
        new SegWriter(watch::requireOwned)
                .write(
                        file,
                        result.labelsOn(source),
                        segments,
                        source.info(),
                        source.source(),
                        result.description(softwareVersion));
        check(file, result.labels(), segments, watch);
        return true;
    }

    /** Throws {@code OUTPUT_FAILED} unless the file holds these labels at their places. */
    void check(Path file, LabelMap labels, List<Segment> segments, JobWatch watch) {
        byte[] number = new byte[256];
        segments.forEach(segment -> number[segment.label()] = (byte) segment.number());
        byte[] written = labels.labels();
        byte[] back = readBack(file, labels, watch).labels();
        for (int n = 0; n < written.length; n++) {
            if (back[n] != number[written[n] & 0xff]) {
                throw wrong(null);
            }
        }
    }

    private static LabelMap readBack(Path file, LabelMap labels, JobWatch watch) {
        try {
            return new SegReader(watch::requireOwned).read(file, labels.geometry());
        } catch (JobException e) {
            throw e.code() == FailureCode.JOB_CANCELLED ? e : wrong(e);
        }
    }

    private static JobException wrong(JobException cause) {
        return new JobException(
                FailureCode.OUTPUT_FAILED,
                "the DICOM segmentation did not read back as written: check the scratch disk",
                cause);
    }
}
