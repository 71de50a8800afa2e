package io.deformux.worker.infer.outputs;

import io.deformux.dicom.seg.SegDescription;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.Segment;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.failure.Warning;
import io.deformux.model.ModelId;
import io.deformux.nifti.LabelTable;
import io.deformux.transform.Preset;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.probability.Certainty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A scan with its labels, and where both come from.
 *
 * @param identity stands for job, input and model: what outputs call themselves follows from it
 * @param begun when the job first began: the date of its DICOM objects
 * @param model the model that made the labels
 * @param modelDigest its digest
 * @param preset its window and classes
 * @param scan the scan
 * @param source the series it was read from; empty for other formats
 * @param segKind how a DICOM segmentation of it stores segments
 * @param classes which of the model's classes it is about
 * @param labels the labels, on the scan's grid; of a series this is the reader's grid with the rows reversed
 * @param certainty how sure that is
 * @param warnings what the result should be read with care for
 */
public record SegmentedScan(
        String identity,
        Instant begun,
        ModelId model,
        String modelDigest,
        Preset preset,
        Volume scan,
        Optional<DicomSeries> source,
        SegKind segKind,
        ClassChoice classes,
        LabelMap labels,
        Certainty certainty,
        List<Warning> warnings) {

    private static final int SERIAL_DIGITS = 16;

    /** Checks that every part is there and that both grids are one. */
    public SegmentedScan {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(modelDigest, "modelDigest");
        Objects.requireNonNull(preset, "preset");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(segKind, "segKind");
        Objects.requireNonNull(classes, "classes");
        Objects.requireNonNull(certainty, "certainty");
        warnings = List.copyOf(warnings);
        if (!scan.geometry().equals(labels.geometry())) {
            throw new IllegalArgumentException("the labels lie on another grid than the scan");
        }
    }

    /** The same with these warnings. */
    public SegmentedScan with(List<Warning> others) {
        return new SegmentedScan(
                identity, begun, model, modelDigest, preset, scan, source, segKind, classes, labels, certainty, others);
    }

    /** The same with radiomics features of these labels alone. */
    SegmentedScan describing(List<Integer> described) {
        return new SegmentedScan(
                identity,
                begun,
                model,
                modelDigest,
                preset,
                scan,
                source,
                segKind,
                classes.describing(described),
                labels,
                certainty,
                warnings);
    }

    /** The segments of what was found. */
    List<Segment> segments(SegmentTable table) {
        return Segment.present(labels.counts(), preset.name(), preset.classes(), table);
    }

    /** What the classes that it is about are called and shown in. */
    public LabelTable names(SegmentTable table) {
        return new LabelTable(classes.wanted().stream()
                .map(value -> new LabelTable.Label(value, preset.classes().get(value), rgb(table, value)))
                .toList());
    }

    /** What a class is shown in, red in bits 16 to 23. */
    int rgb(SegmentTable table, int value) {
        return table.codes(preset.name(), preset.classes().get(value), value)
                .colour()
                .rgb();
    }

    /** How the DICOM objects of this result are made. */
    SegDescription description(String softwareVersion) {
        return new SegDescription(
                segKind,
                identity,
                model.name(),
                model.version(),
                modelDigest.substring(0, SERIAL_DIGITS),
                softwareVersion,
                begun);
    }

    /** The labels in the row order of that source, so that viewers lay them over its images as they are. */
    LabelMap labelsOn(DicomSeries series) {
        return new LabelMap(series.volume().geometry(), labels.reversedRows().labels());
    }

    /** Name and version of the model, for people. */
    String modelTitle() {
        return model.name() + " " + model.version();
    }
}
