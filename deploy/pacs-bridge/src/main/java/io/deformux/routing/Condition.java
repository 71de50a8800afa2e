package io.deformux.routing;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Predicate;

/** What a rule asks of a series. Of an attribute with several values it is enough that one of them is as asked for. */
public sealed interface Condition {
    /** Whether a series is as asked for. */
    boolean holds(SeriesAttributes series);

    /** All of these; holds where there are none. */
    record All(List<Condition> conditions) implements Condition {
        /** Copies the list. */
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(SeriesAttributes series) {
            return conditions.stream().allMatch(one -> one.holds(series));
        }
    }

    /** One of these at least. */
    record Any(List<Condition> conditions) implements Condition {
        /** Copies the list. */
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(SeriesAttributes series) {
            return conditions.stream().anyMatch(one -> one.holds(series));
        }
    }

    /** Not this. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(SeriesAttributes series) {
            return !condition.holds(series);
        }
    }

    /** Whether the attribute is there with a value, be it text, bytes or an item of a sequence, or is not. */
    record Present(AttributePath path, boolean expected) implements Condition {
        @Override
        public boolean holds(SeriesAttributes series) {
            return series.has(path) == expected;
        }
    }

    /** A value is one of these texts, in capitals or not. */
    record Equal(AttributePath path, List<String> texts) implements Condition {
        /** Copies the list. */
        public Equal {
            texts = List.copyOf(texts);
        }

        @Override
        public boolean holds(SeriesAttributes series) {
            return anyValue(series, path, value -> texts.stream().anyMatch(value::equalsIgnoreCase));
        }
    }

    /** The expression has a match in a value. */
    record Matches(AttributePath path, Pattern pattern) implements Condition {
        @Override
        public boolean holds(SeriesAttributes series) {
            return anyValue(series, path, value -> pattern.matcher(value).find());
        }
    }

    /** A value is a number from {@code least} to {@code most}, both included. */
    record InRange(AttributePath path, double least, double most) implements Condition {
        private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]{1,3})?");

        @Override
        public boolean holds(SeriesAttributes series) {
            return anyValue(series, path, value -> isWithin(value.strip()));
        }

        private boolean isWithin(String value) {
            try {
                double number = DECIMAL.matcher(value).matches() ? Double.parseDouble(value) : Double.NaN;
                return number >= least && number <= most;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    private static boolean anyValue(SeriesAttributes series, AttributePath path, Predicate<String> fits) {
        return series.values(path).stream().anyMatch(fits);
    }
}
