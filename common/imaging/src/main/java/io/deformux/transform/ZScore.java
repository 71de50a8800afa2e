package io.deformux.transform;

import io.deformux.volume.Volume;

/**
 * Zero mean and a standard deviation of 1 over the voxels that are not zero; zeros, which surround the patient, stay zero
 * (MONAI: NormalizeIntensity with nonzero).
 */
public record ZScore() implements Intensity {

    @Override
    public IntensityScale of(Volume scan) {
        double sum = 0;
        long count = 0;
        for (float value : scan.voxels()) {
            if (StandardScore.counts(value)) {
                sum += value;
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (float value : scan.voxels()) {
            if (StandardScore.counts(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        // As the reference: values that are all the same are only moved.
        return new StandardScore((float) mean, deviation == 0 ? 1 : (float) deviation, true);
    }
}
