package io.deformux.radiomics;

import java.math.BigDecimal;
import java.util.Optional;

/** How values become grey levels, numbered from 1 (reference manual, section 2.7). */
public sealed interface Discretisation {
    /** More levels say little of texture, and matrices of them take much memory. */
    int MOST_LEVELS = 1024;

    /**
     * Bins of one width. They begin at multiples of it, so that a bin is the same values in every scan.
     *
     * @param width of a bin, in the unit of the values
     */
    record FixedWidth(double width) implements Discretisation {
        /** Checks that the width is one. */
        public FixedWidth {
            if (!(width > 0 && Double.isFinite(width))) {
                throw new IllegalArgumentException("a bin's width is above 0, not " + width);
            }
        }

        @Override
        public String text() {
            return "width:" + BigDecimal.valueOf(width).stripTrailingZeros().toPlainString();
        }

        @Override
        public double levels(float least, float most) {
            return Math.floor(most / width) - Math.floor(least / width) + 1;
        }

        @Override
        public Optional<Levels> of(float[] values, float least, float most) {
            double first = Math.floor(least / width);
            double levels = levels(least, most);
            return levels > MOST_LEVELS
                    ? Optional.empty()
                    : Optional.of(
                            Levels.of(values, (int) levels, value -> (int) (Math.floor(value / width) - first) + 1));
        }
    }

    /**
     * As many bins of one width as are asked for, from the lowest value to the highest.
     *
     * @param bins how many, from 2 to {@link #MOST_LEVELS}
     */
    record FixedCount(int bins) implements Discretisation {
        /** Checks the number. */
        public FixedCount {
            if (bins < 2 || bins > MOST_LEVELS) {
                throw new IllegalArgumentException("2 to " + MOST_LEVELS + " bins, not " + bins);
            }
        }

        @Override
        public String text() {
            return "count:" + bins;
        }

        @Override
        public double levels(float least, float most) {
            return most > least ? bins : 1;
        }

        @Override
        public Optional<Levels> of(float[] values, float least, float most) {
            double range = (double) most - least;
            return Optional.of(
                    range == 0
                            ? Levels.of(values, 1, value -> 1)
                            : Levels.of(
                                    values,
                                    bins,
                                    value -> Math.min(bins, (int) (bins * ((double) value - least) / range) + 1)));
        }
    }

    /**
     * Discretises.
     *
     * @param values NaN where there is none
     * @param least the lowest of them
     * @param most the highest
     * @return nothing if there would be more than {@link #MOST_LEVELS}
     */
    Optional<Levels> of(float[] values, float least, float most);

    /** How many there would be of values from the lowest to the highest, also more than there can be. */
    double levels(float least, float most);

    /** As {@link #parse} takes it. */
    String text();

    /**
     * From {@code width:25} or {@code count:32}.
     *
     * @throws IllegalArgumentException if it says neither, or a number that cannot be or that no event could say
     */
    static Discretisation parse(String text) {
        if (text.startsWith("width:") && !text.matches("width:[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException(
                    "a bin's width has up to six digits before and behind the point, not as in \"" + text + "\"");
        }
        try {
            if (text.startsWith("width:")) {
                return new FixedWidth(Double.parseDouble(text.substring("width:".length())));
            }
            if (text.startsWith("count:")) {
                return new FixedCount(Integer.parseInt(text.substring("count:".length())));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no number in \"" + text + "\"", e);
        }
        throw new IllegalArgumentException("width:N or count:N, not \"" + text + "\"");
    }
}
