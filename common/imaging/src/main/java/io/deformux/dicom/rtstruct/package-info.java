/**
 * Label maps as DICOM RT Structure Sets (PS3.3 section C.8.8.5 and C.8.8.6) and back, for radiotherapy, which takes nothing
 * else.
 *
 * <p>{@link io.deformux.dicom.rtstruct.RtStructWriter} draws each label of a slice along the edges of its pixels, so that
 * areas and volumes stay what they are; {@link io.deformux.dicom.rtstruct.RtStructReader} fills contours again, knowing
 * nothing of how they were drawn.
 *
 * <p>Threads: everything here may be shared. May import {@code dicom.data}, {@code dicom.derived}, {@code dicom.seg},
 * {@code dicom.series}, {@code dicom.series.slice}, {@code volume} and {@code failure}.
 */
package io.deformux.dicom.rtstruct;
