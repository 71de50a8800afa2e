package io.deformux.dicom.seg;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.SeriesSource;
import io.deformux.volume.Geometry;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Everything of an object before its Pixel Data (PS3.3 section A.51). */
final class SegHeader {
    private static final int MOST_LO_CHARACTERS = 64;

    /** Above the series of a scanner, which are numbered from 1. */
    private static final int SERIES_NUMBER_OFFSET = 1000;

    private final SeriesInfo info;
    private final SeriesSource source;
    private final SegDescription description;
    private final Charset charset;

    SegHeader(SeriesInfo info, SeriesSource source, SegDescription description) {
        this.info = info;
        this.source = source;
        this.description = description;
        boolean unicode = source.attributes().codes(Tag.SPECIFIC_CHARACTER_SET).equals(List.of("ISO_IR 192"));
        // Names of classes may have any letter; in other character sets than UTF-8 only ASCII is the same everywhere.
        this.charset = unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    }

    /** The header for these segments and frames on the source's grid. */
    DataSet of(List<Segment> segments, Frames frames, Geometry geometry) {
        DataSet header = new DataSet();
        SourceModules.copy(source.attributes(), header);
        SourceModules.putMoment(source.attributes(), header);
        putSeries(header);
        putEquipment(header);
        putImage(header, frames, geometry);
        header.put(Tag.SEGMENT_SEQUENCE, segments.stream().map(this::segment).toArray(DataSet[]::new));
        header.put(
                Tag.REFERENCED_SERIES_SEQUENCE,
                new DataSet()
                        .put(Tag.SERIES_INSTANCE_UID, info.seriesInstanceUid())
                        .put(
                                Tag.REFERENCED_INSTANCE_SEQUENCE,
                                info.objects().stream()
                                        .map(FunctionalGroups::reference)
                                        .toArray(DataSet[]::new)));
        new FunctionalGroups(info, source, sliceSpacing(geometry)).put(header, frames, description.uid("dimensions"));
        return header;
    }

    /** Along the normal of the slices, also where they lean against it (PS3.3 section C.7.6.16.2.1). */
    private static double sliceSpacing(Geometry geometry) {
        double[] spacing = geometry.affine().spacing();
        return Math.abs(geometry.affine().determinant()) / (spacing[0] * spacing[1]);
    }

    private void putSeries(DataSet header) {
        long number = SERIES_NUMBER_OFFSET + seriesNumber();
        header.put(Tag.SOP_CLASS_UID, description.kind().sopClassUid())
                .put(Tag.SOP_INSTANCE_UID, description.uid("instance"))
                .put(Tag.STUDY_INSTANCE_UID, info.studyInstanceUid())
                .put(Tag.SERIES_INSTANCE_UID, description.uid("series"))
                .put(
                        Tag.FRAME_OF_REFERENCE_UID,
                        info.frameOfReferenceUid().orElseGet(() -> description.uid("frame of reference")))
                .put(Tag.MODALITY, "SEG")
                .put(Tag.SERIES_NUMBER, Long.toString(number))
                .put(Tag.INSTANCE_NUMBER, "1")
                .put(Tag.CONTENT_LABEL, "SEGMENTATION")
                .put(Tag.CONTENT_CREATOR_NAME, "");
        String made = description.algorithmName() + " " + description.algorithmVersion();
        putText(header, Tag.SERIES_DESCRIPTION, "Segmentation " + made);
        putText(header, Tag.CONTENT_DESCRIPTION, "Automatic segmentation by " + made);
    }

    /** The source's number if it is one that leaves room, or 0. */
    private int seriesNumber() {
        int number = source.attributes().optionalInteger(Tag.SERIES_NUMBER).orElse(0);
        return number > 0 && number < Integer.MAX_VALUE - SERIES_NUMBER_OFFSET ? number : 0;
    }

    /** The equipment is the one that made this object: software. */
    private void putEquipment(DataSet header) {
        header.put(Tag.MANUFACTURER, "deformux").put(Tag.MANUFACTURER_MODEL_NAME, "DeformUX-Net");
        putText(header, Tag.DEVICE_SERIAL_NUMBER, description.deviceSerialNumber());
        putText(header, Tag.SOFTWARE_VERSIONS, description.softwareVersion());
    }

    private void putImage(DataSet header, Frames frames, Geometry geometry) {
        SegKind kind = description.kind();
        header.put(Tag.IMAGE_TYPE, "DERIVED\\PRIMARY")
                .put(Tag.SAMPLES_PER_PIXEL, 1)
                .put(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .put(Tag.NUMBER_OF_FRAMES, Integer.toString(frames.frames().size()))
                .put(Tag.ROWS, geometry.shape().h())
                .put(Tag.COLUMNS, geometry.shape().d())
                .put(Tag.BITS_ALLOCATED, kind.bits())
                .put(Tag.BITS_STORED, kind.bits())
                .put(Tag.HIGH_BIT, kind.bits() - 1)
                .put(Tag.PIXEL_REPRESENTATION, 0)
                .put(Tag.SEGMENTATION_TYPE, kind.name())
                .put(Tag.SEGMENTS_OVERLAP, "NO");
        if (kind == SegKind.LABELMAP) {
            header.put(Tag.PIXEL_PADDING_VALUE, 0);
        }
    }

    private DataSet segment(Segment segment) {
        SegmentCodes codes = segment.codes();
        DataSet type = codes.type().item();
        codes.modifier()
                .ifPresent(modifier -> type.put(Tag.SEGMENTED_PROPERTY_TYPE_MODIFIER_CODE_SEQUENCE, modifier.item()));
        DataSet algorithm = new DataSet()
                .put(
                        Tag.ALGORITHM_FAMILY_CODE_SEQUENCE,
                        Code.dcm("123110", "Artificial Intelligence").item());
        putText(algorithm, Tag.ALGORITHM_NAME, description.algorithmName());
        putText(algorithm, Tag.ALGORITHM_VERSION, description.algorithmVersion());
        DataSet item = new DataSet()
                .put(Tag.SEGMENT_NUMBER, segment.number())
                .put(Tag.SEGMENT_ALGORITHM_TYPE, "AUTOMATIC")
                .put(
                        Tag.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE,
                        codes.category().item())
                .put(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, type)
                .put(Tag.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE, algorithm)
                .put(Tag.RECOMMENDED_DISPLAY_CIELAB_VALUE, codes.colour().cieLab());
        codes.region().ifPresent(region -> item.put(Tag.ANATOMIC_REGION_SEQUENCE, region.item()));
        putText(item, Tag.SEGMENT_LABEL, segment.name());
        putText(item, Tag.SEGMENT_ALGORITHM_NAME, description.algorithmName());
        return item;
    }

    /** Sets a Long String (LO): at most 64 characters, no backslash, in the object's character set. */
    private void putText(DataSet target, Tag tag, String text) {
        String plain = text.replace('\\', '/');
        if (plain.length() > MOST_LO_CHARACTERS) {
            plain = plain.substring(0, plain.offsetByCodePoints(0, plain.codePointCount(0, MOST_LO_CHARACTERS)));
        }
        byte[] bytes = plain.getBytes(charset);
        if (bytes.length % 2 != 0) {
            bytes = (plain + " ").getBytes(charset);
        }
        target.put(new Element.Bytes(tag.number(), tag.vr(), bytes, ByteOrder.LITTLE_ENDIAN));
    }
}
