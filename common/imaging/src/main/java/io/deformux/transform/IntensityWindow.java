package io.deformux.transform;

import io.deformux.volume.Volume;

/**
 * The range of values that the network sees: {@code lo} becomes 0, {@code hi} becomes 1, everything outside is clipped
 * (MONAI: ScaleIntensityRange with clip).
 *
 * @param lo the value at and below which a voxel is 0, in the unit of the scan (HU for CT)
 * @param hi the value at and above which a voxel is 1
 */
public record IntensityWindow(float lo, float hi) implements Intensity, IntensityScale {

    /** Checks that the window is finite and has a width. */
    public IntensityWindow {
        // -0 is 0, as in the JSON of a manifest.
        lo += 0f;
        hi += 0f;
        if (!(lo < hi) || !Float.isFinite(hi - lo)) {
            throw new IllegalArgumentException("an intensity window needs lo < hi, not " + lo + " .. " + hi);
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
    public boolean isForeground(float value) {
        return scale(value) > 0;
    }

    @Override
    public IntensityWindow display() {
        return this;
    }

    /** The scaled value in [0, 1], float32 arithmetic; a value that is not a number counts as {@code lo}. */
    @Override
    public float scale(float value) {
        float scaled = (value - lo) / (hi - lo);
        return scaled > 0 ? Math.min(scaled, 1f) : 0f;
    }
}
