package io.deformux.dicom.seg;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DecimalString;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.derived.Code;
import io.deformux.dicom.derived.ObjectHeader;
import io.deformux.dicom.derived.SourceModules;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.SeriesSource;
import io.deformux.dicom.series.slice.Plane;
import io.deformux.dicom.series.slice.Vector3;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What frames have in common and what each has for itself (PS3.3 sections C.7.6.16 and A.51.5), and the dimensions they
 * are ordered by (C.7.6.17). Orientation and spacing are copied from the source as they are written there, where that is what
 * a decimal string may be; else they are written anew, since a frame cannot be placed without them.
 */
final class FunctionalGroups {
    private static final DataSet PURPOSE =
            Code.dcm("121322", "Source image for image processing operation").item();
    private static final DataSet DERIVATION = Code.dcm("113076", "Segmentation").item();

    private final SeriesInfo info;
    private final SeriesSource source;
    private final double sliceSpacing;

    /** Groups for frames on the slices of that source, which are {@code sliceSpacing} mm apart along their normal. */
    FunctionalGroups(SeriesInfo info, SeriesSource source, double sliceSpacing) {
        this.info = info;
        this.source = source;
        this.sliceSpacing = sliceSpacing;
    }

    /** Puts the dimensions and both kinds of groups. */
    void put(DataSet target, Frames frames, String dimensionUid) {
        target.put(
                Tag.DIMENSION_ORGANIZATION_SEQUENCE, new DataSet().put(Tag.DIMENSION_ORGANIZATION_UID, dimensionUid));
        List<DataSet> dimensions = new ArrayList<>();
        if (frames.kind() == SegKind.BINARY) {
            dimensions.add(dimension(
                    dimensionUid, Tag.REFERENCED_SEGMENT_NUMBER, Tag.SEGMENT_IDENTIFICATION_SEQUENCE, "Segment"));
        }
        dimensions.add(dimension(dimensionUid, Tag.IMAGE_POSITION_PATIENT, Tag.PLANE_POSITION_SEQUENCE, "Position"));
        target.put(Tag.DIMENSION_INDEX_SEQUENCE, dimensions.toArray(DataSet[]::new));
        target.put(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, shared());
        target.put(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, perFrame(frames));
    }

    private static DataSet dimension(String uid, Tag pointer, Tag group, String label) {
        return new DataSet()
                .put(Tag.DIMENSION_ORGANIZATION_UID, uid)
                .put(Tag.DIMENSION_INDEX_POINTER, pointer.number())
                .put(Tag.FUNCTIONAL_GROUP_POINTER, group.number())
                .put(Tag.DIMENSION_DESCRIPTION_LABEL, label);
    }

    private DataSet shared() {
        Plane plane = Plane.of(source.attributes());
        DataSet measures = new DataSet().put(Tag.SPACING_BETWEEN_SLICES, DecimalString.of(sliceSpacing));
        measures.put(Tag.SLICE_THICKNESS, DecimalString.of(sliceSpacing));
        SourceModules.copy(Tag.SLICE_THICKNESS, source.attributes(), measures);
        measures.put(Tag.PIXEL_SPACING, DecimalString.of(plane.rowSpacing(), plane.columnSpacing()));
        SourceModules.copy(Tag.PIXEL_SPACING, source.attributes(), measures);
        Vector3 row = plane.alongRow();
        Vector3 column = plane.alongColumn();
        DataSet orientation = new DataSet()
                .put(
                        Tag.IMAGE_ORIENTATION_PATIENT,
                        DecimalString.of(row.x(), row.y(), row.z(), column.x(), column.y(), column.z()));
        SourceModules.copy(Tag.IMAGE_ORIENTATION_PATIENT, source.attributes(), orientation);
        return new DataSet()
                .put(Tag.PIXEL_MEASURES_SEQUENCE, measures)
                .put(Tag.PLANE_ORIENTATION_SEQUENCE, orientation);
    }

    /** One item per frame; what frames of one slice or segment have in common is the same object in memory. */
    private DataSet[] perFrame(Frames frames) {
        Map<Integer, DataSet> slices = new HashMap<>();
        Map<Integer, DataSet> segments = new HashMap<>();
        return frames.frames().stream()
                .map(frame -> {
                    DataSet item = new DataSet();
                    slices.computeIfAbsent(frame.k(), this::slice).elements().forEach(item::put);
                    int place = frames.places()[frame.k()];
                    DataSet content = new DataSet();
                    if (frames.kind() == SegKind.BINARY) {
                        item.put(segments.computeIfAbsent(frame.segment(), FunctionalGroups::segment)
                                .element(Tag.SEGMENT_IDENTIFICATION_SEQUENCE.number())
                                .orElseThrow());
                        content.put(Tag.DIMENSION_INDEX_VALUES, frame.segment(), place);
                    } else {
                        content.put(Tag.DIMENSION_INDEX_VALUES, place);
                    }
                    return item.put(Tag.FRAME_CONTENT_SEQUENCE, content);
                })
                .toArray(DataSet[]::new);
    }

    private DataSet slice(int k) {
        Vector3 at = source.positions().get(k);
        DataSet image = ObjectHeader.reference(info.instances().get(k))
                .put(Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE, PURPOSE)
                .put(Tag.SPATIAL_LOCATIONS_PRESERVED, source.samplesInPlace() ? "YES" : "NO");
        return new DataSet()
                .put(
                        Tag.PLANE_POSITION_SEQUENCE,
                        new DataSet().put(Tag.IMAGE_POSITION_PATIENT, DecimalString.of(at.x(), at.y(), at.z())))
                .put(
                        Tag.DERIVATION_IMAGE_SEQUENCE,
                        new DataSet()
                                .put(Tag.SOURCE_IMAGE_SEQUENCE, image)
                                .put(Tag.DERIVATION_CODE_SEQUENCE, DERIVATION));
    }

    private static DataSet segment(int number) {
        return new DataSet()
                .put(Tag.SEGMENT_IDENTIFICATION_SEQUENCE, new DataSet().put(Tag.REFERENCED_SEGMENT_NUMBER, number));
    }
}
