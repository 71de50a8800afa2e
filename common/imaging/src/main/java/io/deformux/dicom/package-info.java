/**
 * DICOM series into {@code volume}: the data set parser, the pixel decoders and the assembly of slices; and data sets
 * and plain CT series back into files.
 *
 * <p>The way of a series: {@link io.deformux.dicom.DicomSeriesReader} asks {@code SeriesFolder} for the headers of one
 * series, each frame of a multi-frame object being a slice like any other ({@code FrameHeaders}); {@code Acquisitions} and
 * {@code SliceStack} sort and check them, {@code VoxelLoader} reads the pixels through the
 * {@link io.deformux.dicom.PixelDecoder} of the transfer syntax. Below them {@code DicomFile} reads
 * one file and {@code DataSetReader} its elements.
 *
 * <p>Whatever is in a file, reading ends in a result or in a {@link io.deformux.failure.JobException}: lengths are
 * checked before use, nesting, element counts and the memory of values are limited. No message carries an attribute
 * value other than a UID or a number.
 *
 * <p>Threads: readers hold no state and may be shared; an open file and a data set under construction belong to one
 * thread. May import {@code volume} and {@code failure}. JPEG and JPEG 2000 frames are decoded by ImageIO plugins,
 * behind checks of their own headers; JPEG-LS, for which there is none, by {@code JpegLsDecoder}.
 */
package io.deformux.dicom;
