package io.deformux.transform;

import io.deformux.volume.Volume;

/**
 * nnU-Net's normalisation of CT: values are clipped to a window and then brought to zero mean and a standard deviation of 1,
 * with the mean and deviation of a whole data set's structures.
 *
 * @param lo the value that everything below becomes, in HU
 * @param hi the value that everything above becomes
 * @param mean the value that becomes 0
 * @param deviation how much above it becomes 1; positive
 */
public record ClippedScore(float lo, float hi, float mean, float deviation) implements Intensity, IntensityScale {

    /** Checks that the numbers are finite and the window has a width. */
    public ClippedScore {
        // -0 is 0, as in the JSON of a manifest.
        lo += 0f;
        hi += 0f;
        mean += 0f;
        boolean finite = Float.isFinite(hi - lo) && Float.isFinite(mean) && Float.isFinite(deviation);
        if (!(lo < hi) || !(deviation > 0) || !finite) {
            throw new IllegalArgumentException("a clipped score needs lo < hi and a positive deviation, not " + lo
                    + " .. " + hi + " and " + deviation);
        }
    }

    @Override
    public IntensityScale of(Volume scan) {
        return this;
    }

    @Override
    public boolean inHounsfieldUnits() {
        return true;
    }

    @Override
    public float surroundings() {
        return scale(lo);
    }

    @Override
    public float scale(float value) {
        return Float.isNaN(value) ? 0 : (Math.max(lo, Math.min(hi, value)) - mean) / deviation;
    }

    @Override
    public boolean isForeground(float value) {
        return value > lo;
    }

    @Override
    public IntensityWindow display() {
        return new IntensityWindow(lo, hi);
    }
}
