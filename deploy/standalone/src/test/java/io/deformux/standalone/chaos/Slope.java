package io.deformux.standalone.chaos;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The straight line through measured values that is nearest to them by least squares. */
final class Slope {
    private Slope() {}

    /** How much a value grows from one sample to the next. */
    static <T> double of(List<T> samples, ToDoubleFunction<T> value) {
        double middle = (samples.size() - 1) / 2.0;
        double mean = samples.stream().mapToDouble(value).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (int n = 0; n < samples.size(); n++) {
            above += (n - middle) * (value.applyAsDouble(samples.get(n)) - mean);
            below += (n - middle) * (n - middle);
        }
        return above / below;
    }
}
