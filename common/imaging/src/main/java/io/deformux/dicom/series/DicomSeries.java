package io.deformux.dicom.series;

import io.deformux.volume.Volume;

/**
 * A series as a volume.
 *
 * @param volume axis i runs along the columns of the images, j along their rows, k over the slices in ascending
 *     position along the normal; values after rescale (HU for CT); RAS+ affine
 * @param info what it was read from
 * @param source what objects derived from it repeat
 */
public record DicomSeries(Volume volume, SeriesInfo info, SeriesSource source) {}
