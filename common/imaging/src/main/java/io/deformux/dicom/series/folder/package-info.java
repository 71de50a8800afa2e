/**
 * The files of an input, and which of them are images of one series.
 *
 * <p>Threads: everything here is for one thread; headers are read one after the other. May import {@code dicom.data},
 * {@code dicom.pixel}, {@code dicom.series.slice} and {@code failure}.
 */
package io.deformux.dicom.series.folder;
