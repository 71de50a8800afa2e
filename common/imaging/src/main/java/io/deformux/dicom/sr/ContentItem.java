package io.deformux.dicom.sr;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DecimalString;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.derived.Code;
import io.deformux.dicom.derived.ObjectHeader;
import io.deformux.dicom.seg.Segment;
import io.deformux.dicom.series.slice.SopInstance;
import java.util.List;

/** Items of a content tree (PS3.3 section C.17.3), each with its relationship to the item that it is in. */
final class ContentItem {
    /** UT has no limit worth one; names of models are short. */
    private static final int MOST_TEXT = 1024;

    private final ObjectHeader header;

    /** Items with text in the character set of that header. */
    ContentItem(ObjectHeader header) {
        this.header = header;
    }

    /** A container of items that stand for themselves. */
    static DataSet container(Relationship relationship, Code name, List<DataSet> items) {
        return content(item(relationship, "CONTAINER", name).put(Tag.CONTINUITY_OF_CONTENT, "SEPARATE"), items);
    }

    /** A coded value. */
    static DataSet code(Relationship relationship, Code name, Code value) {
        return item(relationship, "CODE", name).put(Tag.CONCEPT_CODE_SEQUENCE, value.item());
    }

    /** A UID. */
    static DataSet uid(Relationship relationship, Code name, String uid) {
        return item(relationship, "UIDREF", name).put(Tag.UID_VALUE, uid);
    }

    /** A text that is not empty. */
    DataSet text(Relationship relationship, Code name, String text) {
        DataSet item = item(relationship, "TEXT", name);
        header.putText(item, Tag.TEXT_VALUE, text, MOST_TEXT);
        return item;
    }

    /** What a segment is called. */
    DataSet name(Relationship relationship, Code name, Segment segment) {
        return text(relationship, name, segment.nameIn(header));
    }

    /** A measured number; {@code items} say how it came about. */
    static DataSet number(Code name, double value, Code unit, List<DataSet> items) {
        DataSet measured = new DataSet()
                .put(Tag.MEASUREMENT_UNITS_CODE_SEQUENCE, unit.item())
                .put(Tag.NUMERIC_VALUE, DecimalString.of(value));
        return content(item(Relationship.CONTAINS, "NUM", name).put(Tag.MEASURED_VALUE_SEQUENCE, measured), items);
    }

    /** A segment of a segmentation object. */
    static DataSet segment(Code name, SopInstance segmentation, int number) {
        return item(Relationship.CONTAINS, "IMAGE", name)
                .put(
                        Tag.REFERENCED_SOP_SEQUENCE,
                        ObjectHeader.reference(segmentation).put(Tag.REFERENCED_SEGMENT_NUMBER, number));
    }

    private static DataSet item(Relationship relationship, String valueType, Code name) {
        return new DataSet()
                .put(Tag.RELATIONSHIP_TYPE, relationship.term())
                .put(Tag.VALUE_TYPE, valueType)
                .put(Tag.CONCEPT_NAME_CODE_SEQUENCE, name.item());
    }

    private static DataSet content(DataSet item, List<DataSet> items) {
        return items.isEmpty() ? item : item.put(Tag.CONTENT_SEQUENCE, items.toArray(DataSet[]::new));
    }
}
