package io.deformux.dicom.series.folder;

/**
 * What a reader takes at most; more is {@code INPUT_TOO_LARGE}, said before memory is used for it.
 *
 * @param maxFiles files below the folder, DICOM or not
 * @param maxFileBytes bytes of one file, and of one data set after inflating
 * @param maxVoxels voxels of the volume
 */
public record DicomLimits(int maxFiles, int maxFileBytes, int maxVoxels) {

    /** Checks that each limit is positive. */
    public DicomLimits {
        if (maxFiles < 1 || maxFileBytes < 1 || maxVoxels < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }

    /** 20 000 files of up to 1 GiB, and 2^29 voxels (2 GiB of float32; 512 x 512 x 2048). */
    public static DicomLimits defaults() {
        return new DicomLimits(20_000, 1 << 30, 1 << 29);
    }
}
