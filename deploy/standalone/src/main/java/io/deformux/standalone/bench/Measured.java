package io.deformux.standalone.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of measuring.
 *
 * @param figures the numbers
 * @param missing what was to be measured and could not be
 */
public record Measured(List<Figure> figures, List<Unmeasured> missing) {
    /** Keeps copies. */
    public Measured {
        figures = List.copyOf(figures);
        missing = List.copyOf(missing);
    }

    /** Where nothing is missing. */
    public static Measured of(List<Figure> figures) {
        return new Measured(figures, List.of());
    }

    /** Both, these first. */
    public Measured and(Measured others) {
        return new Measured(joined(figures, others.figures), joined(missing, others.missing));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
