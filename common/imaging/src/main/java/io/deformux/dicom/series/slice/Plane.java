package io.deformux.dicom.series.slice;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.JobException;

/**
 * Where the samples of one plane lie (PS3.3 section C.7.6.2.1.1).
 *
 * @param position the centre of the first sample
 * @param alongRow unit direction of growing column index
 * @param alongColumn unit direction of growing row index
 * @param rowSpacing mm between rows (along {@code alongColumn})
 * @param columnSpacing mm between columns (along {@code alongRow})
 */
public record Plane(Vector3 position, Vector3 alongRow, Vector3 alongColumn, double rowSpacing, double columnSpacing) {
    /** How far direction cosines may be from unit length and from a right angle: they are written with few digits. */
    private static final double COSINE_TOLERANCE = 1e-3;

    /** How far the directions of two planes of a volume may differ: 0.2 mm over 200 mm. */
    private static final double SAME_DIRECTION = 1e-3;

    /** How far the spacings of two planes of a volume may differ, relative. */
    private static final double SAME_SPACING = 1e-4;

    /** The plane that Image Position, Image Orientation and Pixel Spacing of a data set tell; checks them. */
    public static Plane of(DataSet header) {
        double[] position = header.decimals(Tag.IMAGE_POSITION_PATIENT, 3);
        double[] cosines = header.decimals(Tag.IMAGE_ORIENTATION_PATIENT, 6);
        double[] spacing = header.decimals(Tag.PIXEL_SPACING, 2);
        if (!(spacing[0] > 0 && spacing[1] > 0)) {
            throw new JobException(DICOM_ATTRIBUTE_INVALID, Tag.PIXEL_SPACING + " is not positive");
        }
        Vector3 alongRow = Vector3.of(cosines, 0);
        Vector3 alongColumn = Vector3.of(cosines, 3);
        if (!(Math.abs(alongRow.norm() - 1) <= COSINE_TOLERANCE
                && Math.abs(alongColumn.norm() - 1) <= COSINE_TOLERANCE
                && Math.abs(alongRow.dot(alongColumn)) <= COSINE_TOLERANCE)) {
            throw new JobException(
                    DICOM_ATTRIBUTE_INVALID,
                    Tag.IMAGE_ORIENTATION_PATIENT + " is not two unit directions at a right angle");
        }
        return new Plane(
                Vector3.of(position, 0),
                alongRow.times(1 / alongRow.norm()),
                alongColumn.times(1 / alongColumn.norm()),
                spacing[0],
                spacing[1]);
    }

    /** The direction from which slices are counted: rows, columns and this are right-handed. */
    public Vector3 normal() {
        Vector3 cross = alongRow.cross(alongColumn);
        return cross.times(1 / cross.norm());
    }

    /** The same plane with its first sample elsewhere. */
    public Plane at(Vector3 other) {
        return new Plane(other, alongRow, alongColumn, rowSpacing, columnSpacing);
    }

    /** The plane that many mm further along the normal. */
    Plane along(double distance) {
        return at(position.plus(normal().times(distance)));
    }

    /** The largest difference of a direction cosine to those of another plane. */
    public double directionsOff(Plane other) {
        return Math.max(
                alongRow.minus(other.alongRow).norm(),
                alongColumn.minus(other.alongColumn).norm());
    }

    public boolean hasDirectionsOf(Plane other) {
        return directionsOff(other) <= SAME_DIRECTION;
    }

    public boolean hasSpacingOf(Plane other) {
        return Math.abs(rowSpacing - other.rowSpacing) <= SAME_SPACING * other.rowSpacing
                && Math.abs(columnSpacing - other.columnSpacing) <= SAME_SPACING * other.columnSpacing;
    }
}
