/**
 * DICOM series into {@code volume}, and plain CT series back into files.
 *
 * <p>The way of a series: {@link io.deformux.dicom.series.DicomSeriesReader} asks {@code SeriesFolder} for the headers of
 * one series, each frame of a multi-frame object and each tile of a {@code Mosaic} being a slice like any other.
 * {@code Duplicates} and {@code OddImages} leave out what is no slice of its own, {@code Acquisitions} and
 * {@code SliceStack} sort and check the others, {@code MixedVolumes} tells several volumes apart, {@code Completeness} asks whether more were acquired, {@code VoxelLoader}
 * reads the pixels through the {@link io.deformux.dicom.pixel.PixelDecoder} of the transfer syntax; {@code Rescale},
 * {@code PixelPadding} and {@code BorderPadding} say what they mean. Below them {@code dicom.data} reads each file.
 *
 * <p>Nothing is left out in silence: what is passed over is told in {@link io.deformux.dicom.series.slice.PassedOver},
 * what was accepted although it is not as it should be in a {@link io.deformux.failure.Warning}.
 *
 * <p>Whatever is in a folder, reading ends in a volume or in a {@link io.deformux.failure.JobException}, within {@link
 * io.deformux.dicom.series.folder.DicomLimits}. No message carries an attribute value other than a UID or a number, nor
 * the name of a file.
 *
 * <p>Threads: reader and writer hold no state and may be shared; reading uses all cores. May import {@code dicom.data},
 * {@code dicom.pixel}, {@code dicom.series..}, {@code volume} and {@code failure}.
 */
package io.deformux.dicom.series;
