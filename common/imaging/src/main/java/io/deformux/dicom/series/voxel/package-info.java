/**
 * The pixels of sorted slices as voxels.
 *
 * <p>Threads: loading uses all cores, a decoder per block of slices. May import {@code dicom.data}, {@code dicom.pixel},
 * {@code dicom.series.folder}, {@code dicom.series.slice} and {@code failure}.
 */
package io.deformux.dicom.series.voxel;
