package io.deformux.dicom.data;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as decimal strings (DS) of at most 16 characters (PS3.5 Table 6.2-1). */
public final class DecimalString {
    private static final int MOST_CHARACTERS = 16;

    private DecimalString() {}

    /** The values, parted by backslashes, each with as many digits as fit. */
    public static String of(double... values) {
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            text.append(text.isEmpty() ? "" : "\\").append(decimal(value));
        }
        return text.toString();
    }

    private static String decimal(double value) {
        for (int digits = 15; ; digits--) {
            String text = new BigDecimal(value)
                    .round(new MathContext(digits))
                    .stripTrailingZeros()
                    .toString();
            if (text.length() <= MOST_CHARACTERS) {
                return text;
            }
        }
    }
}
