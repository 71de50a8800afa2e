/**
 * A scan as it was read, of any format, and what is odd about it and its labels.
 *
 * <p>Threads: everything here may be shared. May import {@code dicom.series..}, {@code failure}, {@code metaimage},
 * {@code nifti}, {@code nrrd}, {@code schemas}, {@code transform}, {@code volume} and {@code volumefile}.
 */
package io.deformux.worker.infer.scan;
