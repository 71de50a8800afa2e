/**
 * NIfTI-1 and NIfTI-2 files ({@code .nii}, {@code .nii.gz}) in and out of {@code volume}.
 *
 * <p>Threads: readers and writers hold no state and may be shared. Imports only {@code volume} and {@code failure}.
 */
package io.deformux.nifti;
