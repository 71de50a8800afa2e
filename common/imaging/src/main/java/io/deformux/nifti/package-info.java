/**
 * NIfTI-1 and NIfTI-2 files ({@code .nii}, {@code .nii.gz}) in and out of {@code volume}.
 *
 * <p>A scan is refused rather than guessed at: more than three axes, spatial units of metres or micrometres, sizes that
 * nobody has, complex and colour types, Analyze 7.5. What is read follows the reference (nibabel behind MONAI's loader):
 * the sform before the qform before the bare voxel sizes, {@code value = stored * scl_slope + scl_inter}.
 *
 * <p>Threads: readers and writers keep nothing between calls and may be shared. May import {@code volume}, {@code
 * volumefile} and {@code failure}.
 */
package io.deformux.nifti;
