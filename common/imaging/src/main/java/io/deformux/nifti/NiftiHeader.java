package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volumefile.ScanSize;
import io.deformux.volumefile.StoredVoxels;
import java.nio.ByteOrder;

/**
 * What a header means, checked: everything needed to read the voxels.
 *
 * @param geometry the grid
 * @param type the stored type
 * @param order the byte order of the data
 * @param dataOffset where the data begins, in bytes of the decompressed file
 * @param slope the factor from stored to real values; 1 where the file has none
 * @param inter what is added after it; 0 where the file has none
 */
record NiftiHeader(Geometry geometry, NiftiType type, ByteOrder order, long dataOffset, double slope, double inter) {

    /** More than any header extension; keeps a wrong offset from reading for hours. */
    private static final long MAX_OFFSET = 1 << 28;

    private static final int UNKNOWN = 0;
    private static final int METRES = 1;
    private static final int MICROMETRES = 3;

    /**
     * Interprets a header.
     *
     * @param maxVoxels the largest number of voxels to accept
     * @throws JobException {@link FailureCode#NIFTI_HEADER_INVALID}, {@link FailureCode#INPUT_TOO_LARGE} or
     *     {@link FailureCode#AFFINE_INVALID}
     */
    static NiftiHeader of(RawHeader raw, long maxVoxels) {
        Shape3 shape = shape(raw.dim(), maxVoxels);
        int spatialUnit = raw.units() & 7;
        if (spatialUnit == METRES || spatialUnit == MICROMETRES) {
            throw invalid("xyzt_units says metres or micrometres; voxel sizes must be in millimetres");
        }
        Geometry geometry = new Geometry(shape, Placement.affine(raw, shape));
        if (spatialUnit == UNKNOWN) {
            requirePlausible(geometry);
        }
        // As nibabel: no scaling if the slope is 0 or not a number; then the intercept means nothing either.
        boolean scaled = raw.slope() != 0 && Double.isFinite(raw.slope());
        if (scaled && !Double.isFinite(raw.inter())) {
            throw invalid("scl_inter is not a finite number");
        }
        return new NiftiHeader(
                geometry,
                NiftiType.of(raw.datatype()),
                raw.order(),
                dataOffset(raw),
                scaled ? raw.slope() : 1,
                scaled ? raw.inter() : 0);
    }

    /** The voxels as they are stored. */
    StoredVoxels stored() {
        return new StoredVoxels(geometry.shape(), type.voxels(), order, slope, inter);
    }

    private static Shape3 shape(long[] dim, long maxVoxels) {
        if (dim[0] < 3 || dim[0] > 7) {
            throw invalid("a scan has 3 axes, this file has " + dim[0]);
        }
        for (int axis = 1; axis <= dim[0]; axis++) {
            // As the reference library: an axis behind the third that says 0 or less has one entry.
            long size = axis > 3 ? Math.max(1, dim[axis]) : dim[axis];
            if (size < 1) {
                throw invalid("axis " + axis + " has " + size + " voxels");
            }
            if (axis > 3 && size != 1) {
                throw invalid("axis " + axis + " has " + size + " entries; send one three-dimensional scan per file");
            }
        }
        return StoredVoxels.shape(maxVoxels, dim[1], dim[2], dim[3]);
    }

    /** Millimetres are what an unknown unit is taken for, unless it makes a scan that nobody can have. */
    private static void requirePlausible(Geometry geometry) {
        ScanSize.doubt(geometry).ifPresent(doubt -> {
            throw invalid("xyzt_units names no unit, and " + doubt
                    + "; bring voxel sizes, sform and qform to millimetres and set xyzt_units to 2 (mm), or just set it if"
                    + " they are");
        });
    }

    private static long dataOffset(RawHeader raw) {
        double offset = raw.voxOffset();
        if (raw.split()) {
            // Offsets of a pair count in the image file, from its start.
            if (offset != Math.rint(offset) || offset < 0 || offset > MAX_OFFSET) {
                throw invalid("vox_offset is " + offset);
            }
            return (long) offset;
        }
        if (offset == 0) {
            return RawHeader.dataOffset(raw.version());
        }
        if (offset != Math.rint(offset) || offset < RawHeader.size(raw.version()) || offset > MAX_OFFSET) {
            throw invalid("vox_offset is " + offset);
        }
        return (long) offset;
    }

    private static JobException invalid(String what) {
        return new JobException(FailureCode.NIFTI_HEADER_INVALID, "the NIfTI header cannot be used: " + what);
    }
}
