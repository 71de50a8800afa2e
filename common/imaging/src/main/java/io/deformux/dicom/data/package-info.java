/**
 * DICOM data sets: elements by tag, and files of them read and written (PS3.5, PS3.10). Nothing here knows what a volume
 * is.
 *
 * <p>{@link io.deformux.dicom.data.DicomFile} reads one file from front to back, {@code DataSetReader} its elements out of
 * a {@code ByteSource}; {@link io.deformux.dicom.data.DicomFileWriter} goes the other way.
 * {@link io.deformux.dicom.data.Tag} names the attributes, and {@link io.deformux.dicom.data.FrameHeaders} lays those of
 * each frame of a multi-frame object flat.
 *
 * <p>What is not as the standard has it is read where only one thing can be meant: {@code DataSetStart} sees how a data set
 * is encoded, {@code UnknownVr} gets over elements that nobody knows.
 *
 * <p>Whatever is in a file, reading ends in a result or in a {@link io.deformux.failure.JobException}: lengths are
 * checked before use, nesting, element counts and the memory of values are limited. No message carries an attribute
 * value other than a UID or a number.
 *
 * <p>Threads: an open file and a data set under construction belong to one thread; the rest may be shared. May import
 * {@code failure}.
 */
package io.deformux.dicom.data;
