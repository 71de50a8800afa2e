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
            if (counts(value)) {
                sum += value;
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (float value : scan.voxels()) {
            if (counts(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        // As the reference: values that are all the same are only moved.
        return new Scale((float) mean, deviation == 0 ? 1 : (float) deviation);
    }

    private static boolean counts(float value) {
        return value != 0 && Float.isFinite(value);
    }

    private record Scale(float mean, float deviation) implements IntensityScale {
        /** So many standard deviations to both sides are shown. */
        private static final float SHOWN = 2.5f;

        @Override
        public float scale(float value) {
            return counts(value) ? (value - mean) / deviation : 0;
        }

        @Override
        public boolean isForeground(float value) {
            return counts(value);
        }

        @Override
        public IntensityWindow display() {
            return new IntensityWindow(mean - SHOWN * deviation, mean + SHOWN * deviation);
        }
    }
}
