package io.deformux.dicom.sr;

import static io.deformux.dicom.derived.ObjectHeader.PRODUCT;
import static io.deformux.dicom.sr.Relationship.CONTAINS;
import static io.deformux.dicom.sr.Relationship.HAS_CONCEPT_MOD;
import static io.deformux.dicom.sr.Relationship.HAS_OBS_CONTEXT;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.NamedUid;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.derived.Code;
import io.deformux.dicom.derived.Making;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.slice.SopInstance;
import java.util.ArrayList;
import java.util.List;

/**
 * The content tree of a Measurement Report (PS3.16 TID 1500): a measurement group per segment (TID 1411) with its volume
 * and the mean of the scan in it.
 */
final class MeasurementReport {
    private static final Code LITRES = Code.ucum("mL", "milliliter");
    private static final Code HOUNSFIELD = Code.ucum("[hnsf'U]", "Hounsfield unit");
    private static final Code NO_UNIT = Code.ucum("1", "no units");

    private final SeriesInfo source;
    private final Making making;
    private final SopInstance segmentation;
    private final ContentItem items;

    MeasurementReport(SeriesInfo source, Making making, SopInstance segmentation, ContentItem items) {
        this.source = source;
        this.making = making;
        this.segmentation = segmentation;
        this.items = items;
    }

    /** Puts the root of the tree. */
    void put(DataSet header, List<SegmentMeasurement> measurements) {
        header.put(Tag.VALUE_TYPE, "CONTAINER")
                .put(
                        Tag.CONCEPT_NAME_CODE_SEQUENCE,
                        Code.dcm("126000", "Imaging Measurement Report").item())
                .put(Tag.CONTINUITY_OF_CONTENT, "SEPARATE")
                .put(Tag.CONTENT_TEMPLATE_SEQUENCE, template("1500"));
        List<DataSet> content = new ArrayList<>();
        // TID 1204.
        content.add(ContentItem.code(
                HAS_CONCEPT_MOD,
                Code.dcm("121049", "Language of Content Item and Descendants"),
                new Code("en", "RFC5646", "English")));
        content.addAll(observer());
        content.add(ContentItem.code(HAS_CONCEPT_MOD, Code.dcm("121058", "Procedure reported"), procedure()));
        content.add(ContentItem.container(
                CONTAINS,
                Code.dcm("126010", "Imaging Measurements"),
                measurements.stream().map(this::group).toList()));
        header.put(Tag.CONTENT_SEQUENCE, content.toArray(DataSet[]::new));
    }

    /** TID 1002 and 1004: the observer is a device. */
    private List<DataSet> observer() {
        return List.of(
                ContentItem.code(HAS_OBS_CONTEXT, Code.dcm("121005", "Observer Type"), Code.dcm("121007", "Device")),
                ContentItem.uid(
                        HAS_OBS_CONTEXT,
                        Code.dcm("121012", "Device Observer UID"),
                        NamedUid.of("device\n" + making.deviceSerialNumber())),
                items.text(HAS_OBS_CONTEXT, Code.dcm("121013", "Device Observer Name"), making.algorithmName()),
                items.text(HAS_OBS_CONTEXT, Code.dcm("121014", "Device Observer Manufacturer"), PRODUCT),
                items.text(HAS_OBS_CONTEXT, Code.dcm("121015", "Device Observer Model Name"), PRODUCT),
                items.text(
                        HAS_OBS_CONTEXT,
                        Code.dcm("121016", "Device Observer Serial Number"),
                        making.deviceSerialNumber()));
    }

    /** CID 100 has LOINC's procedures; where in the body is not known. */
    private Code procedure() {
        return isCt()
                ? new Code("25045-6", "LN", "CT unspecified body region")
                : new Code("25056-3", "LN", "MR unspecified body region");
    }

    private DataSet group(SegmentMeasurement measurement) {
        String tracking = "segment " + measurement.segment().number();
        List<DataSet> content = new ArrayList<>();
        content.add(items.name(HAS_OBS_CONTEXT, Code.dcm("112039", "Tracking Identifier"), measurement.segment()));
        content.add(ContentItem.uid(
                HAS_OBS_CONTEXT,
                Code.dcm("112040", "Tracking Unique Identifier"),
                making.uid("sr", segmentation.sopInstanceUid() + "\n" + tracking)));
        content.add(ContentItem.code(
                CONTAINS,
                Code.dcm("121071", "Finding"),
                measurement.segment().codes().type()));
        content.add(ContentItem.segment(
                Code.dcm("121191", "Referenced Segment"),
                segmentation,
                measurement.segment().number()));
        content.add(ContentItem.uid(
                CONTAINS, Code.dcm("121232", "Source series for segmentation"), source.seriesInstanceUid()));
        measurement
                .segment()
                .codes()
                .region()
                .ifPresent(region ->
                        content.add(ContentItem.code(HAS_CONCEPT_MOD, Code.sct("363698007", "Finding Site"), region)));
        // TID 4019.
        content.add(items.text(HAS_CONCEPT_MOD, Code.dcm("111001", "Algorithm Name"), making.algorithmName()));
        content.add(items.text(HAS_CONCEPT_MOD, Code.dcm("111003", "Algorithm Version"), making.algorithmVersion()));
        content.add(ContentItem.number(Code.sct("118565006", "Volume"), measurement.volumeMl(), LITRES, List.of()));
        measurement.mean().ifPresent(mean -> content.add(mean(mean)));
        return ContentItem.container(CONTAINS, Code.dcm("125007", "Measurement Group"), content)
                .put(Tag.CONTENT_TEMPLATE_SEQUENCE, template("1411"));
    }

    /** The template of PS3.16 that a container follows (PS3.3 section C.18.8). */
    private static DataSet template(String number) {
        return new DataSet().put(Tag.MAPPING_RESOURCE, "DCMR").put(Tag.TEMPLATE_IDENTIFIER, number);
    }

    /** CID 7469. */
    private DataSet mean(double value) {
        Code name = isCt() ? Code.dcm("112031", "Attenuation Coefficient") : Code.dcm("110852", "MR signal intensity");
        DataSet derivation =
                ContentItem.code(HAS_CONCEPT_MOD, Code.dcm("121401", "Derivation"), Code.sct("373098007", "Mean"));
        return ContentItem.number(name, value, isCt() ? HOUNSFIELD : NO_UNIT, List.of(derivation));
    }

    private boolean isCt() {
        return source.modality().equals("CT");
    }
}
