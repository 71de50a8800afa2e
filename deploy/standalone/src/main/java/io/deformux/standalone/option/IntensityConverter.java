package io.deformux.standalone.option;

import io.deformux.transform.Intensity;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Percentiles;
import io.deformux.transform.WholeScore;
import io.deformux.transform.ZScore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How intensities are scaled, as a person writes it: {@code z-score}, {@code percentiles:0.5,99.5}, {@code window:-125,275}. */
final class IntensityConverter implements ITypeConverter<Intensity> {
    /** As model packages call it. */
    static final String WITH_ZEROS = "z-score-with-zeros";

    private static final Pattern RANGE = Pattern.compile("(percentiles|window):([^,]+),([^,]+)");

    @Override
    public Intensity convert(String text) {
        if (text.equals("z-score")) {
            return new ZScore();
        }
        if (text.equals(WITH_ZEROS)) {
            return new WholeScore();
        }
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new TypeConversionException(
                    "it is z-score, " + WITH_ZEROS + ", percentiles:LOW,HIGH or window:LOW,HIGH");
        }
        try {
            return range.group(1).equals("window")
                    ? new IntensityWindow(Float.parseFloat(range.group(2)), Float.parseFloat(range.group(3)))
                    : new Percentiles(Double.parseDouble(range.group(2)), Double.parseDouble(range.group(3)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
