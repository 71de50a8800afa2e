/**
 * What objects derived from a series have in common, whatever they hold: patient and study of the source, a series of
 * their own, coded concepts, and UIDs that follow from the job.
 *
 * <p>Patient attributes go from the source into the object as raw bytes and nowhere else.
 *
 * <p>Threads: everything may be shared. May import {@code dicom.data} and {@code dicom.series}, {@code dicom.series.slice}.
 */
package io.deformux.dicom.derived;
