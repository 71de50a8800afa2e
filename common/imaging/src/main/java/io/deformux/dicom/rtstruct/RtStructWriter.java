package io.deformux.dicom.rtstruct;

import static io.deformux.failure.FailureCode.OUTPUT_FAILED;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.derived.Making;
import io.deformux.dicom.derived.ObjectHeader;
import io.deformux.dicom.derived.SourceModules;
import io.deformux.dicom.seg.Segment;
import io.deformux.dicom.seg.SliceBlocks;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.SeriesSource;
import io.deformux.dicom.series.slice.SopInstance;
import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Writes a label map on the grid of a DICOM series as an RT Structure Set (PS3.3 section A.19) in the series' study: a region
 * of interest per segment, numbered as its label, with closed planar contours along the edges of its pixels, holes cut in
 * by keyholes ({@link Outlines}). Implicit VR, since a contour can be longer than a decimal string of Explicit VR may be. The
 * same input gives the same bytes. As safe to share as what it asks.
 */
public final class RtStructWriter {
    private static final String RT_STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3";

    /** Retired, and what every structure set calls its study (PS3.3 section C.8.8.5.3). */
    private static final String STUDY_CLASS = "1.2.840.10008.3.1.2.3.1";

    /** Begins the numbers of its series. */
    private static final int MODALITY_NUMBER = 3;

    private final Runnable watch;

    /** A writer that nobody stops. */
    public RtStructWriter() {
        this(() -> {});
    }

    /**
     * A writer that asks between blocks of slices.
     *
     * @param watch ends the work where it throws
     */
    public RtStructWriter(Runnable watch) {
        this.watch = Objects.requireNonNull(watch, "watch");
    }

    /**
     * Writes one object.
     *
     * @param file is made or replaced
     * @param labels on the grid that the reader made of the series: i along columns, j along rows, k over slices
     * @param segments the labels to write, at least one
     * @param info the series
     * @param source what is copied from it
     * @param making how the object was made
     * @throws JobException {@code OUTPUT_FAILED} if it cannot be written
     */
    public void write(
            Path file, LabelMap labels, List<Segment> segments, SeriesInfo info, SeriesSource source, Making making) {
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a structure set needs a structure");
        }
        if (info.instances().size() != labels.geometry().shape().w()) {
            throw new IllegalArgumentException("a label map with another number of slices than its source");
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            Map<Integer, List<DataSet>> contours = contours(labels, segments, info, source);
            DicomFileWriter.write(
                    out, TransferSyntax.IMPLICIT_LITTLE, structureSet(segments, contours, info, source, making));
        } catch (IOException e) {
            throw new JobException(OUTPUT_FAILED, "the structure set could not be written: check the scratch disk", e);
        }
    }

    /** The contours of each label, slice by slice. */
    private Map<Integer, List<DataSet>> contours(
            LabelMap labels, List<Segment> segments, SeriesInfo info, SeriesSource source) throws IOException {
        Shape3 shape = labels.geometry().shape();
        Map<Integer, List<DataSet>> contours = new TreeMap<>();
        segments.forEach(segment -> contours.put(segment.label(), new ArrayList<>()));
        new SliceBlocks(labels, watch)
                .forEach(IntStream.range(0, shape.w()).boxed().toList(), (k, pixels) -> {
                    boolean[] occurs = new boolean[256];
                    for (byte label : pixels) {
                        occurs[label & 0xff] = true;
                    }
                    SlicePlane plane = SlicePlane.of(
                            labels.geometry().affine(), source.positions().get(k));
                    Optional<DataSet> image = source.samplesInPlace()
                            ? Optional.of(
                                    ObjectHeader.reference(info.instances().get(k)))
                            : Optional.empty();
                    contours.forEach((label, found) -> {
                        if (occurs[label]) {
                            Outlines.of(pixels, label, shape.d(), shape.h())
                                    .forEach(corners -> found.add(contour(corners, plane, image)));
                        }
                    });
                });
        return contours;
    }

    /** One contour; {@code image}: the one that it lies on, where it lies on one. */
    private static DataSet contour(int[] corners, SlicePlane plane, Optional<DataSet> image) {
        DataSet contour = new DataSet();
        image.ifPresent(item -> contour.put(Tag.CONTOUR_IMAGE_SEQUENCE, item));
        return contour.put(Tag.CONTOUR_GEOMETRIC_TYPE, "CLOSED_PLANAR")
                .put(Tag.NUMBER_OF_CONTOUR_POINTS, Integer.toString(corners.length / 2))
                .put(Tag.CONTOUR_DATA, plane.decimals(corners));
    }

    private static DataSet structureSet(
            List<Segment> segments,
            Map<Integer, List<DataSet>> contours,
            SeriesInfo info,
            SeriesSource source,
            Making making) {
        ObjectHeader objects = new ObjectHeader(info, source, making);
        DataSet header = objects.begin(
                new SopInstance(RT_STRUCTURE_SET, making.uid("rtstruct", "instance")),
                making.uid("rtstruct", "series"),
                "RTSTRUCT",
                MODALITY_NUMBER,
                "Structures");
        String frameOfReference = objects.frameOfReferenceUid();
        header.put(Tag.FRAME_OF_REFERENCE_UID, frameOfReference).put(Tag.POSITION_REFERENCE_INDICATOR, "");
        SourceModules.copy(Tag.POSITION_REFERENCE_INDICATOR, source.attributes(), header);
        header.put(Tag.OPERATORS_NAME, "").put(Tag.STRUCTURE_SET_LABEL, "AUTOMATIC");
        objects.putBegun(header, Tag.STRUCTURE_SET_DATE, Tag.STRUCTURE_SET_TIME);
        header.put(Tag.REFERENCED_FRAME_OF_REFERENCE_SEQUENCE, frameOfReference(frameOfReference, info))
                .put(Tag.APPROVAL_STATUS, "UNAPPROVED");
        List<DataSet> structures = new ArrayList<>();
        List<DataSet> drawn = new ArrayList<>();
        List<DataSet> observations = new ArrayList<>();
        for (Segment segment : segments) {
            String number = Integer.toString(segment.label());
            DataSet structure = new DataSet()
                    .put(Tag.ROI_NUMBER, number)
                    .put(Tag.REFERENCED_FRAME_OF_REFERENCE_UID, frameOfReference)
                    .put(Tag.ROI_GENERATION_ALGORITHM, "AUTOMATIC");
            objects.putText(structure, Tag.ROI_NAME, segment.nameIn(objects));
            structures.add(structure);
            int rgb = segment.codes().colour().rgb();
            drawn.add(new DataSet()
                    .put(Tag.ROI_DISPLAY_COLOR, (rgb >> 16) + "\\" + (rgb >> 8 & 0xff) + "\\" + (rgb & 0xff))
                    .put(Tag.REFERENCED_ROI_NUMBER, number)
                    .put(Tag.CONTOUR_SEQUENCE, contours.get(segment.label()).toArray(DataSet[]::new)));
            observations.add(new DataSet()
                    .put(Tag.OBSERVATION_NUMBER, number)
                    .put(Tag.REFERENCED_ROI_NUMBER, number)
                    .put(Tag.RT_ROI_INTERPRETED_TYPE, "")
                    .put(Tag.ROI_INTERPRETER, ""));
        }
        return header.put(Tag.STRUCTURE_SET_ROI_SEQUENCE, structures.toArray(DataSet[]::new))
                .put(Tag.ROI_CONTOUR_SEQUENCE, drawn.toArray(DataSet[]::new))
                .put(Tag.RT_ROI_OBSERVATIONS_SEQUENCE, observations.toArray(DataSet[]::new));
    }

    private static DataSet frameOfReference(String uid, SeriesInfo info) {
        DataSet series = new DataSet()
                .put(Tag.SERIES_INSTANCE_UID, info.seriesInstanceUid())
                .put(
                        Tag.CONTOUR_IMAGE_SEQUENCE,
                        info.objects().stream().map(ObjectHeader::reference).toArray(DataSet[]::new));
        DataSet study = ObjectHeader.reference(new SopInstance(STUDY_CLASS, info.studyInstanceUid()))
                .put(Tag.RT_REFERENCED_SERIES_SEQUENCE, series);
        return new DataSet().put(Tag.FRAME_OF_REFERENCE_UID, uid).put(Tag.RT_REFERENCED_STUDY_SEQUENCE, study);
    }
}
