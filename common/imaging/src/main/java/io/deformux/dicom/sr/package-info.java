/**
 * Measurements as DICOM structured reports (PS3.16 TID 1500), for archives and reading rooms that take no JSON: of each
 * segment its volume and the mean of the scan in it, with a reference to the segment.
 *
 * <p>Threads: everything here may be shared. May import {@code dicom.data}, {@code dicom.derived}, {@code dicom.seg},
 * {@code dicom.series}, {@code dicom.series.slice} and {@code failure}.
 */
package io.deformux.dicom.sr;
