package io.deformux.dicom.seg;

import java.util.regex.Pattern;

/**
 * The colour to show a segment in (sRGB, IEC 61966-2-1).
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record DisplayColour(int red, int green, int blue) {
    private static final Pattern HEX = Pattern.compile("#[0-9a-f]{6}");

    /** Linear sRGB to XYZ under D50, Bradford-adapted, each row divided by the white point of the ICC's PCS. */
    private static final double[][] TO_XYZ = {
        {0.4360747 / 0.96422, 0.3850649 / 0.96422, 0.1430804 / 0.96422},
        {0.2225045, 0.7168786, 0.0606169},
        {0.0139322 / 0.82521, 0.0971045 / 0.82521, 0.7141733 / 0.82521}
    };

    /** Where the cube root of CIELab gives way to a line: (6/29)^3. */
    private static final double LINEAR_BELOW = 216.0 / 24389;

    /** A colour written as {@code #rrggbb}, lower case. */
    static DisplayColour of(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a colour is #rrggbb, not " + hex);
        }
        int rgb = Integer.parseInt(hex.substring(1), 16);
        return new DisplayColour(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    }

    /** The colour as one number, red in bits 16 to 23. */
    public int rgb() {
        return red << 16 | green << 8 | blue;
    }

    /**
     * L*, a* and b* as DICOM stores them (PS3.3 section C.10.7.1.1): L* 0 to 100 becomes 0 to 65535, a* and b* -128 to
     * 127 become 0 to 65535.
     */
    int[] cieLab() {
        double[] linear = {linear(red), linear(green), linear(blue)};
        double[] f = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double sum = 0;
            for (int n = 0; n < 3; n++) {
                sum += TO_XYZ[axis][n] * linear[n];
            }
            f[axis] = sum > LINEAR_BELOW ? Math.cbrt(sum) : (24389.0 / 27 * sum + 16) / 116;
        }
        return new int[] {
            stored((116 * f[1] - 16) / 100),
            stored((500 * (f[0] - f[1]) + 128) / 255),
            stored((200 * (f[1] - f[2]) + 128) / 255)
        };
    }

    private static int stored(double fraction) {
        return (int) Math.round(65535 * Math.max(0, Math.min(1, fraction)));
    }

    private static double linear(int level) {
        double v = level / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
}
