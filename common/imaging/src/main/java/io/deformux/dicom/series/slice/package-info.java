/**
 * What is known of one image before its pixels are read: which object and frame it is, where it lies, what its stored values
 * mean, and why one is passed over.
 *
 * <p>Threads: everything here is immutable and safe to share. May import {@code dicom.data}, {@code dicom.pixel} and
 * {@code failure}.
 */
package io.deformux.dicom.series.slice;
