package io.deformux.dicom.sr;

import static io.deformux.failure.FailureCode.OUTPUT_FAILED;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.derived.Making;
import io.deformux.dicom.derived.ObjectHeader;
import io.deformux.dicom.seg.SegDescription;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.SeriesSource;
import io.deformux.dicom.series.slice.SopInstance;
import io.deformux.failure.JobException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the measurements of a segmentation as an Enhanced SR (PS3.3 section A.35.2) after template TID 1500, in the study
 * of the scan. The same input gives the same bytes. Safe to share.
 */
public final class SrWriter {
    private static final String ENHANCED_SR = "1.2.840.10008.5.1.4.1.1.88.22";

    /** Begins the numbers of its series. */
    private static final int MODALITY_NUMBER = 2;

    /**
     * Writes one report.
     *
     * @param file is made or replaced
     * @param measurements one per segment, at least one
     * @param info the scan's series
     * @param source what is copied from it
     * @param segmentation the segmentation object that was measured; stored beside the report
     * @throws JobException {@code OUTPUT_FAILED} if it cannot be written
     */
    public void write(
            Path file,
            List<SegmentMeasurement> measurements,
            SeriesInfo info,
            SeriesSource source,
            SegDescription segmentation) {
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("a report needs a measurement");
        }
        DataSet report = report(measurements, info, source, segmentation);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            DicomFileWriter.write(out, TransferSyntax.EXPLICIT_LITTLE, report);
        } catch (IOException e) {
            throw new JobException(OUTPUT_FAILED, "the report could not be written: check the scratch disk", e);
        }
    }

    private static DataSet report(
            List<SegmentMeasurement> measurements, SeriesInfo info, SeriesSource source, SegDescription segmentation) {
        Making making = segmentation.making();
        // A report of another kind of segmentation object is another report.
        String kind = segmentation.kind().name();
        ObjectHeader objects = new ObjectHeader(info, source, making);
        DataSet header = objects.begin(
                new SopInstance(ENHANCED_SR, making.uid("sr", kind + "\ninstance")),
                making.uid("sr", kind + "\nseries"),
                "SR",
                MODALITY_NUMBER,
                "Measurements");
        objects.putBegun(header, Tag.CONTENT_DATE, Tag.CONTENT_TIME);
        header.put(Tag.REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE, new DataSet[0])
                .put(Tag.COMPLETION_FLAG, "COMPLETE")
                .put(Tag.VERIFICATION_FLAG, "UNVERIFIED")
                .put(Tag.PRELIMINARY_FLAG, "FINAL")
                .put(Tag.PERFORMED_PROCEDURE_CODE_SEQUENCE, new DataSet[0])
                .put(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE, evidence(info, segmentation));
        new MeasurementReport(info, making, segmentation.instance(), new ContentItem(objects))
                .put(header, measurements);
        return header;
    }

    /** The segmentation and the images: everything that the report is about (PS3.3 table C.17-2). */
    private static DataSet evidence(SeriesInfo info, SegDescription segmentation) {
        return new DataSet()
                .put(Tag.STUDY_INSTANCE_UID, info.studyInstanceUid())
                .put(
                        Tag.REFERENCED_SERIES_SEQUENCE,
                        series(segmentation.seriesInstanceUid(), List.of(segmentation.instance())),
                        series(info.seriesInstanceUid(), info.objects()));
    }

    private static DataSet series(String uid, List<SopInstance> objects) {
        return new DataSet()
                .put(Tag.SERIES_INSTANCE_UID, uid)
                .put(
                        Tag.REFERENCED_SOP_SEQUENCE,
                        objects.stream().map(ObjectHeader::reference).toArray(DataSet[]::new));
    }
}
