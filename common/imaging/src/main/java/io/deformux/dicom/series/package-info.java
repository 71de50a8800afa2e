/**
 * DICOM series into {@code volume}, and plain CT series back into files.
 *
 * <p>The way of a series: {@link io.deformux.dicom.series.DicomSeriesReader} asks {@code SeriesFolder} for the headers of
 * one series, each frame of a multi-frame object being a slice like any other; {@code Acquisitions} and {@code SliceStack}
 * sort and check them, {@code VoxelLoader} reads the pixels through the {@link io.deformux.dicom.pixel.PixelDecoder} of
 * the transfer syntax; {@code Rescale} and {@code PixelPadding} say what they mean. Below them {@code dicom.data} reads
 * each file.
 *
 * <p>Whatever is in a folder, reading ends in a volume or in a {@link io.deformux.failure.JobException}, within
 * {@link io.deformux.dicom.series.DicomLimits}. No message carries an attribute value other than a UID or a number, nor
 * the name of a file.
 *
 * <p>Threads: reader and writer hold no state and may be shared; reading uses all cores. May import {@code dicom.data},
 * {@code dicom.pixel}, {@code volume} and {@code failure}.
 */
package io.deformux.dicom.series;
