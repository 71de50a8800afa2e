/**
 * Segmentations as DICOM objects: label maps into Segmentation Storage (one bit per voxel and segment) or Label Map
 * Segmentation Storage (one byte per voxel), and back (PS3.3 section A.51 and C.8.20).
 *
 * <p>{@link io.deformux.dicom.seg.SegWriter} writes one object for one label map on the grid of its source series;
 * {@link io.deformux.dicom.seg.SegReader} puts the frames of such an object back onto a grid by where they lie in
 * space; {@link io.deformux.dicom.seg.SegmentTable} knows the SNOMED CT codes of the presets' classes.
 *
 * <p>Patient attributes go from the source into the object as raw bytes and nowhere else.
 *
 * <p>Threads: everything here may be shared. Memory: the label map and some 64 slices; pixel data are streamed. May
 * import {@code dicom.data}, {@code dicom.derived}, {@code dicom.series}, {@code dicom.series.slice}, {@code volume}
 * and {@code failure}.
 */
package io.deformux.dicom.seg;
