package io.deformux.network.kernel;

import java.util.Arrays;

/**
 * One factor and one addend per channel: {@code y = x * scale + shift}.
 *
 * @param scale (c)
 * @param shift (c)
 */
public record ChannelAffine(float[] scale, float[] shift) {

    /** What changes nothing. */
    public static ChannelAffine identity(int channels) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        return new ChannelAffine(ones, new float[channels]);
    }
}
