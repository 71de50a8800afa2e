package io.deformux.dicom.rtstruct;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.DICOM_NO_IMAGES;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads the closed planar contours of an RT Structure Set onto a grid on whose slices they lie: a voxel belongs to a
 * structure if its centre lies inside a contour by the even-odd rule. As safe to share as what it asks.
 */
public final class RtStructReader {
    /** Hundreds of slices of dozens of structures in many pieces. */
    private static final int MAX_ELEMENTS = 1 << 24;

    private static final long MAX_BYTES = 1L << 31;

    /** How far, in slices, a contour may lie from the middle of its slice: no other slice could be meant. */
    private static final double TOLERANCE = 0.4;

    /** Between two questions whether to go on. */
    private static final int CONTOURS = 256;

    private final Runnable watch;

    /** A reader that nobody stops. */
    public RtStructReader() {
        this(() -> {});
    }

    /**
     * A reader that asks between blocks of contours.
     *
     * @param watch ends the work where it throws
     */
    public RtStructReader(Runnable watch) {
        this.watch = Objects.requireNonNull(watch, "watch");
    }

    /**
     * Reads an object.
     *
     * @param file the file
     * @param geometry the grid to put it on
     * @return at each voxel the number of its structure, 0 where there is none
     * @throws JobException a {@code DICOM_} code if the object cannot be read or does not lie on the grid
     */
    public LabelMap read(Path file, Geometry geometry) {
        try (DicomFile open = DicomFile.open(file, MAX_BYTES)
                .orElseThrow(() -> new JobException(DICOM_NO_IMAGES, "the file has no DICOM preamble"))) {
            DataSet header = open.header(MAX_ELEMENTS, MAX_BYTES);
            LabelMap labels = new LabelMap(geometry, new byte[geometry.shape().length()]);
            for (DataSet structure : header.items(Tag.ROI_CONTOUR_SEQUENCE)) {
                int number = structure.integer(Tag.REFERENCED_ROI_NUMBER, 0);
                if (number < 1 || number > 255) {
                    throw invalid(Tag.REFERENCED_ROI_NUMBER, "is not 1 to 255");
                }
                List<DataSet> contours = structure.items(Tag.CONTOUR_SEQUENCE);
                for (int n = 0; n < contours.size(); n++) {
                    if (n % CONTOURS == 0) {
                        watch.run();
                    }
                    fill(contours.get(n), number, labels);
                }
            }
            return labels;
        }
    }

    private static void fill(DataSet contour, int number, LabelMap labels) {
        int points = contour.integer(Tag.NUMBER_OF_CONTOUR_POINTS, 0);
        double[] at = contour.decimals(Tag.CONTOUR_DATA, 3 * points);
        Affine toVoxel = labels.geometry().affine().inverse();
        double[] x = new double[points];
        double[] y = new double[points];
        int k = -1;
        for (int n = 0; n < points; n++) {
            double[] index = toVoxel.apply(-at[3 * n], -at[3 * n + 1], at[3 * n + 2]);
            x[n] = index[0];
            y[n] = index[1];
            k = n == 0 ? (int) Math.round(index[2]) : k;
            if (Math.abs(index[2] - k) > TOLERANCE
                    || k < 0
                    || k >= labels.geometry().shape().w()) {
                throw invalid(Tag.CONTOUR_DATA, "does not lie on a slice of the grid");
            }
        }
        new PolygonFill(x, y).into(labels, k, (byte) number);
    }

    private static JobException invalid(Tag tag, String what) {
        return new JobException(DICOM_ATTRIBUTE_INVALID, tag + " " + what);
    }
}
