package io.deformux.standalone.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of measuring.
 *
 * @param figures the numbers
 * @param missing what was to be measured and could not be
 */
public record Measurements(List<Figure> figures, List<Unmeasured> missing) {
    /** Keeps copies. */
    public Measurements {
        figures = List.copyOf(figures);
        missing = List.copyOf(missing);
    }

    /** Where nothing is missing. */
    public static Measurements of(List<Figure> figures) {
        return new Measurements(figures, List.of());
    }

    /** Both, these first. */
    public Measurements and(Measurements others) {
        return new Measurements(joined(figures, others.figures), joined(missing, others.missing));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
