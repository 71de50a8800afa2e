package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
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

    /** Longer than any scan's axis; keeps a row of voxels, and so the read buffer, small. */
    private static final long MAX_AXIS = 1 << 20;
    /** More than any header extension; keeps a wrong offset from reading for hours. */
    private static final long MAX_OFFSET = 1 << 28;

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
        // As nibabel: no scaling if the slope is 0 or not a number; then the intercept means nothing either.
        boolean scaled = raw.slope() != 0 && Double.isFinite(raw.slope());
        if (scaled && !Double.isFinite(raw.inter())) {
            throw invalid("scl_inter is not a finite number");
        }
        return new NiftiHeader(
                new Geometry(shape, Placement.affine(raw, shape)),
                NiftiType.of(raw.datatype()),
                raw.order(),
                dataOffset(raw),
                scaled ? raw.slope() : 1,
                scaled ? raw.inter() : 0);
    }

    /** The bytes from the start of the (decompressed) file to the end of its voxels. */
    long bytesNeeded() {
        return dataOffset + geometry.shape().voxels() * type.bytes();
    }

    private static Shape3 shape(long[] dim, long maxVoxels) {
        if (dim[0] < 3 || dim[0] > 7) {
            throw invalid("a scan has 3 axes, this file has " + dim[0]);
        }
        long most = Math.min(maxVoxels, Integer.MAX_VALUE - 8);
        long voxels = 1;
        for (int axis = 1; axis <= dim[0]; axis++) {
            long size = dim[axis];
            if (size < 1) {
                throw invalid("axis " + axis + " has " + size + " voxels");
            }
            if (axis > 3 && size != 1) {
                throw invalid("axis " + axis + " has " + size + " entries; send one three-dimensional scan per file");
            }
            if (size > MAX_AXIS || size > most / voxels) {
                throw new JobException(
                        FailureCode.INPUT_TOO_LARGE,
                        "the scan has more than the " + most + " voxels (or " + MAX_AXIS
                                + " along one axis) that this worker accepts");
            }
            voxels *= size;
        }
        return new Shape3((int) dim[1], (int) dim[2], (int) dim[3]);
    }

    private static long dataOffset(RawHeader raw) {
        double offset = raw.voxOffset();
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
