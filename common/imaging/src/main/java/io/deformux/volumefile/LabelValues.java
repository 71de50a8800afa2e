package io.deformux.volumefile;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;

/** Stored values that are classes: integers from 0 to 255 after scaling, within 1e-4. */
public final class LabelValues {
    private static final float ROUNDING = 1e-4f;

    private LabelValues() {}

    /**
     * A volume as a label map.
     *
     * @throws JobException {@code code} if a voxel is no class
     */
    public static LabelMap of(Volume volume, FailureCode code) {
        float[] voxels = volume.voxels();
        byte[] labels = new byte[voxels.length];
        for (int n = 0; n < voxels.length; n++) {
            labels[n] = of(voxels[n], code);
        }
        return new LabelMap(volume.geometry(), labels);
    }

    /** One voxel's class as an unsigned byte; errors as above. */
    public static byte of(float value, FailureCode code) {
        int label = Math.round(value);
        if (!(Math.abs(value - label) <= ROUNDING) || label < 0 || label > 255) {
            throw new JobException(
                    code, "this is no label map: a voxel is " + value + ", not an integer from 0 to 255");
        }
        return (byte) label;
    }
}
