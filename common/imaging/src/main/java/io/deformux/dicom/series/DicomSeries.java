package io.deformux.dicom.series;

import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.failure.Warning;
import io.deformux.volume.Volume;
import java.util.List;

/**
 * A series as a volume.
 *
 * @param volume axis i runs along the columns of the images, j along their rows, k over the slices in ascending
 *     position along the normal; values after rescale (HU for CT); RAS+ affine, sheared where the gantry was tilted
 * @param info what it was read from
 * @param source what objects derived from it repeat
 * @param passedOver what is in the input and no part of the volume, in name order
 * @param warnings what was accepted and should be told
 */
public record DicomSeries(
        Volume volume, SeriesInfo info, SeriesSource source, List<PassedOver> passedOver, List<Warning> warnings) {

    /** Copies the lists. */
    public DicomSeries {
        passedOver = List.copyOf(passedOver);
        warnings = List.copyOf(warnings);
    }
}
