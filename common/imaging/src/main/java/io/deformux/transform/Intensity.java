package io.deformux.transform;

import io.deformux.volume.Volume;

/**
 * How the values of a scan become what the network sees: by a window in the unit of the scan, as HU of CT ask for, or by what
 * the values of the scan itself are, as those of MR do, which have no unit.
 */
public sealed interface Intensity permits IntensityWindow, ClippedScore, ZScore, WholeScore, Percentiles {

    /** The scale of one scan, from its values as they were read. */
    IntensityScale of(Volume scan);

    /** Whether it means values in HU, which only CT has. */
    default boolean inHounsfieldUnits() {
        return false;
    }

    /** What the network sees of what surrounds a patient, air in most scans. */
    default float surroundings() {
        return 0;
    }
}
