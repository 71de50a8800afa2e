package io.deformux.evaluation.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * One figure over cases.
 *
 * @param mean the mean; empty if no case has the figure
 * @param sd the sample standard deviation (n - 1); empty with fewer than two
 * @param count how many cases have the figure
 */
public record Sample(OptionalDouble mean, OptionalDouble sd, int count) {

    /** Of these values; NaN are left out. */
    public static Sample of(double... values) {
        double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        OptionalDouble mean = Arrays.stream(known).average();
        return new Sample(
                mean,
                known.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(deviation(known, mean.getAsDouble())),
                known.length);
    }

    private static double deviation(double[] values, double mean) {
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
