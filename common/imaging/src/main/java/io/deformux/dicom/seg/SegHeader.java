package io.deformux.dicom.seg;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.derived.Code;
import io.deformux.dicom.derived.ObjectHeader;
import io.deformux.dicom.derived.SourceModules;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.SeriesSource;
import io.deformux.volume.Geometry;
import java.util.List;

/** Everything of an object before its Pixel Data (PS3.3 section A.51). */
final class SegHeader {
    /** Of the Frame of Reference and of images, copied where the source has them. */
    private static final List<Tag> OF_IMAGES = List.of(
            Tag.POSITION_REFERENCE_INDICATOR,
            Tag.LOSSY_IMAGE_COMPRESSION,
            Tag.LOSSY_IMAGE_COMPRESSION_RATIO,
            Tag.LOSSY_IMAGE_COMPRESSION_METHOD);

    /** Begins the numbers of its series. */
    private static final int MODALITY_NUMBER = 1;

    private final SeriesInfo info;
    private final SeriesSource source;
    private final SegDescription description;
    private final ObjectHeader objects;

    SegHeader(SeriesInfo info, SeriesSource source, SegDescription description) {
        this.info = info;
        this.source = source;
        this.description = description;
        this.objects = new ObjectHeader(info, source, description.making());
    }

    /** The header for these segments and frames on the source's grid. */
    DataSet of(List<Segment> segments, Frames frames, Geometry geometry) {
        DataSet header = objects.begin(
                description.instance(), description.seriesInstanceUid(), "SEG", MODALITY_NUMBER, "Segmentation");
        putContent(header);
        putImage(header, frames, geometry);
        header.put(Tag.SEGMENT_SEQUENCE, segments.stream().map(this::segment).toArray(DataSet[]::new));
        header.put(
                Tag.REFERENCED_SERIES_SEQUENCE,
                new DataSet()
                        .put(Tag.SERIES_INSTANCE_UID, info.seriesInstanceUid())
                        .put(
                                Tag.REFERENCED_INSTANCE_SEQUENCE,
                                info.objects().stream()
                                        .map(ObjectHeader::reference)
                                        .toArray(DataSet[]::new)));
        new FunctionalGroups(info, source, sliceSpacing(geometry)).put(header, frames, description.uid("dimensions"));
        return header;
    }

    /** Along the normal of the slices, also where they lean against it (PS3.3 section C.7.6.16.2.1). */
    private static double sliceSpacing(Geometry geometry) {
        double[] spacing = geometry.affine().spacing();
        return Math.abs(geometry.affine().determinant()) / (spacing[0] * spacing[1]);
    }

    private void putContent(DataSet header) {
        header.put(Tag.POSITION_REFERENCE_INDICATOR, "").put(Tag.LOSSY_IMAGE_COMPRESSION, "00");
        objects.putBegun(header, Tag.CONTENT_DATE, Tag.CONTENT_TIME);
        OF_IMAGES.forEach(tag -> SourceModules.copy(tag, source.attributes(), header));
        header.put(Tag.FRAME_OF_REFERENCE_UID, objects.frameOfReferenceUid())
                .put(Tag.CONTENT_LABEL, "SEGMENTATION")
                .put(Tag.CONTENT_CREATOR_NAME, "");
        objects.putAlgorithm(header, Tag.CONTENT_DESCRIPTION, "Automatic segmentation by");
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
        objects.putText(algorithm, Tag.ALGORITHM_NAME, description.algorithmName());
        objects.putText(algorithm, Tag.ALGORITHM_VERSION, description.algorithmVersion());
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
        objects.putText(item, Tag.SEGMENT_LABEL, segment.nameIn(objects));
        objects.putText(item, Tag.SEGMENT_DESCRIPTION, "label value " + segment.label());
        objects.putText(item, Tag.SEGMENT_ALGORITHM_NAME, description.algorithmName());
        return item;
    }
}
