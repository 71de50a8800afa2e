package io.deformux.dicom.rtstruct;

import io.deformux.dicom.series.slice.Vector3;
import io.deformux.volume.Affine;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where the corners of a slice's pixels lie in the patient (LPS+ mm).
 *
 * @param first the centre of the first pixel
 * @param perColumn from a pixel to the next one in its row
 * @param perRow from a pixel to the next one in its column
 */
record SlicePlane(Vector3 first, Vector3 perColumn, Vector3 perRow) {
    /** A micrometre: far below a pixel, and short in the file. */
    private static final int DECIMALS = 3;

    /** The plane of a slice whose pixels are those of a grid with that affine (RAS+) and whose first one is there. */
    static SlicePlane of(Affine affine, Vector3 first) {
        return new SlicePlane(first, step(affine, 0), step(affine, 1));
    }

    private static Vector3 step(Affine affine, int axis) {
        return new Vector3(-affine.at(0, axis), -affine.at(1, axis), affine.at(2, axis));
    }

    /** The corners of an outline as decimal strings: x, y and z of each, parted by backslashes. */
    String decimals(int[] corners) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < corners.length; n += 2) {
            double column = corners[n] - 0.5;
            double row = corners[n + 1] - 0.5;
            append(text, first.x() + column * perColumn.x() + row * perRow.x());
            append(text, first.y() + column * perColumn.y() + row * perRow.y());
            append(text, first.z() + column * perColumn.z() + row * perRow.z());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, double millimetres) {
        BigDecimal rounded = new BigDecimal(millimetres).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        text.append(text.isEmpty() ? "" : "\\")
                .append(
                        rounded.signum() == 0
                                ? "0"
                                : rounded.stripTrailingZeros().toPlainString());
    }
}
