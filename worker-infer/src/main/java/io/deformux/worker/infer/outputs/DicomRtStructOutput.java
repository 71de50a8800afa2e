package io.deformux.worker.infer.outputs;

import io.deformux.dicom.rtstruct.ContourPoints;
import io.deformux.dicom.rtstruct.RtStructReader;
import io.deformux.dicom.rtstruct.RtStructWriter;
import io.deformux.dicom.seg.Segment;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The label map as contours in the study of its source, believed only after the contours, filled again, agree with every
 * label. Nothing is written for a scan that is no DICOM series, where nothing was found, or where the contours would have
 * more points than anyone can read.
 */
public final class DicomRtStructOutput implements OneFileOutput {
    /** The Dice that each structure has to reach when its contours are filled. */
    private static final double LEAST_DICE = 0.99;

    /** About 128 MB of text; a body with a hundred organs has fewer, labels that are noise have more. */
    private static final long MOST_POINTS = 1 << 22;

    private final SegmentTable table;
    private final String softwareVersion;
    private final long mostPoints;

    /** An output with the colours of that table. */
    public DicomRtStructOutput(SegmentTable table, String softwareVersion) {
        this(table, softwareVersion, MOST_POINTS);
    }

    /** The same that leaves out structure sets of more than so many points. */
    public DicomRtStructOutput(SegmentTable table, String softwareVersion, long mostPoints) {
        this.table = Objects.requireNonNull(table, "table");
        this.softwareVersion = Objects.requireNonNull(softwareVersion, "softwareVersion");
        this.mostPoints = mostPoints;
    }

    @Override
    public OutputRole role() {
        return OutputRole.DICOM_RTSTRUCT;
    }

    @Override
    public Optional<Warning> leftOut(SegmentedScan result) {
        long points = result.source().isEmpty() ? 0 : ContourPoints.of(result.labels());
        return points <= mostPoints
                ? Optional.empty()
                : Optional.of(new Warning(
                        WarningCode.RTSTRUCT_TOO_LARGE,
                        "the contours of the labels have " + points + " points, more than the " + mostPoints
                                + " of the largest structure set that is written; there is none"));
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        List<Segment> segments = result.segments(table);
        if (result.source().isEmpty() || segments.isEmpty()) {
            return false;
        }
        DicomSeries source = result.source().get();
        new RtStructWriter(watch::requireOwned)
                .write(
                        file,
                        result.labelsOn(source),
                        segments,
                        source.info(),
                        source.source(),
                        result.description(softwareVersion).making());
        check(file, result.labels(), segments, watch);
        return true;
    }

    /** Throws {@code OUTPUT_FAILED} unless the contours of the file, filled, are these labels. */
    void check(Path file, LabelMap labels, List<Segment> segments, JobWatch watch) {
        byte[] drawn = labels.labels();
        byte[] filled = readBack(file, labels, watch).labels();
        long[] both = new long[256];
        long[] sum = new long[256];
        for (int n = 0; n < drawn.length; n++) {
            sum[drawn[n] & 0xff]++;
            sum[filled[n] & 0xff]++;
            both[drawn[n] & 0xff] += drawn[n] == filled[n] ? 1 : 0;
        }
        for (Segment segment : segments) {
            if (2.0 * both[segment.label()] < LEAST_DICE * sum[segment.label()]) {
                throw wrong(null);
            }
        }
    }

    private static LabelMap readBack(Path file, LabelMap labels, JobWatch watch) {
        try {
            return new RtStructReader(watch::requireOwned).read(file, labels.geometry());
        } catch (JobException e) {
            throw e.code() == FailureCode.JOB_CANCELLED ? e : wrong(e);
        }
    }

    private static JobException wrong(JobException cause) {
        return new JobException(
                FailureCode.OUTPUT_FAILED,
                "the contours of the structure set are not the labels: check the scratch disk",
                cause);
    }
}
