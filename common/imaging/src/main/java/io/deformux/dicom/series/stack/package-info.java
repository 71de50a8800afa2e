/**
 * The images of a series in their order along the normal: what is no slice of its own is left out, acquisitions are told
 * apart, distances are checked, and uneven ones refused or resampled.
 *
 * <p>Threads: everything here is immutable or local to a call, and safe to share. May import {@code dicom.data}, {@code
 * dicom.pixel}, {@code dicom.series.slice}, {@code volume} and {@code failure}.
 */
package io.deformux.dicom.series.stack;
