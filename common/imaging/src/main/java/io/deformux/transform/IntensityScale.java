package io.deformux.transform;

/** The scale of one scan's intensities. */
public interface IntensityScale {

    /** What the network sees of a value; 0 for one that is not a number. */
    float scale(float value);

    /** Whether a value is more than what surrounds the patient: the image is cropped to such values. */
    boolean isForeground(float value);

    /** The range of values to show to people. */
    IntensityWindow display();
}
