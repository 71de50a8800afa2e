package io.deformux.failure;

/**
 * The stable codes of what a result should be read with care for: the job was done, and something about the scan or the
 * labels is not as it should be.
 *
 * <p>A code is part of the contract, as a {@link FailureCode} is: it is never renamed and never reused, and more may come.
 */
public enum WarningCode {
    /** The scan is smaller than any body part or larger than any body: its unit of length may be wrong. */
    SCAN_SIZE_IMPLAUSIBLE,
    /** All voxels have the same value. */
    SCAN_VALUES_CONSTANT,
    /** The values of a CT cannot be HU: its rescale may be wrong. */
    SCAN_VALUES_NOT_HU,
    /** Nothing was found. */
    LABELS_ALL_BACKGROUND,
    /** Every voxel has the same label. */
    LABELS_ONE_CLASS,
    /** A label reaches every border of the scan. */
    LABEL_TOUCHES_EVERY_BORDER,

    /** The slices name several frames of reference, or only some of them name one; their positions fit together. */
    FRAME_OF_REFERENCE_MIXED,
    /** The positions of the slices are off an even grid, as rounding leaves them. */
    SLICE_POSITIONS_ROUNDED,
    /** The orientations of the slices differ a little. */
    SLICE_ORIENTATIONS_DIFFER,
    /** The series has fewer slices than their headers say that were acquired. */
    SLICES_FEWER_THAN_ACQUIRED,
    /** The slices were not evenly spaced and were interpolated to a stack that is, as was asked for. */
    SLICES_RESAMPLED,
    /** A Siemens mosaic does not say in which direction its slices follow each other; that of its normal was taken. */
    MOSAIC_DIRECTION_ASSUMED,

    /** The scan is not of the modality whose values the model scales intensities by. */
    MODALITY_UNEXPECTED,

    /** A channel of the scan does not lie on the first one's grid, and was resampled to it. */
    CHANNEL_RESAMPLED,
    /** A channel of the scan does not cover all of the first one; outside, its border was taken. */
    CHANNEL_COVERS_PART,

    /** A structure set was wanted and left out: its contours would have more points than can be read. */
    RTSTRUCT_TOO_LARGE,
    /** Radiomics features of a label were wanted and left out: it is too large, or would have too many grey levels. */
    RADIOMICS_LEFT_OUT,
    /**
     * Radiomics features of a label were wanted and left out: too little of the worker's heap was left. The same job again
     * is not answered by this result but tried again.
     */
    RADIOMICS_LACK_HEAP,
    /** A map of what an ensemble's members disagree about was wanted and left out: the model has one network. */
    DISAGREEMENT_OF_ONE_NETWORK,
    /** A job said how an output was to be, or where, and does not store that output. */
    OUTPUT_WISH_UNMET
}
