package io.deformux.transform;

/**
 * How far a value is from the mean, in standard deviations; 0 for what is no number.
 *
 * @param mean the value that becomes 0
 * @param deviation how much above it becomes 1; positive
 * @param zerosStay whether a zero, which surrounds the patient, is 0 whatever the mean
 */
record StandardScore(float mean, float deviation, boolean zerosStay) implements IntensityScale {
    /** So many standard deviations to both sides are shown. */
    private static final float SHOWN = 2.5f;

    /** Whether a value is of the patient: a number, and no zero. */
    static boolean counts(float value) {
        return value != 0 && Float.isFinite(value);
    }

    @Override
    public float scale(float value) {
        boolean scaled = zerosStay ? counts(value) : Float.isFinite(value);
        return scaled ? (value - mean) / deviation : 0;
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
