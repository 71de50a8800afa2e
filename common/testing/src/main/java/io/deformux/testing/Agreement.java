package io.deformux.testing;

/** When two values are alike. */
sealed interface Agreement {
    /** Whether these two are. */
    boolean holds(double actual, double expected);

    /** What is said of values that are not. */
    String broken();

    /** The same number: 0 is not -0, NaN is NaN. */
    record Exact() implements Agreement {
        @Override
        public boolean holds(double actual, double expected) {
            return Double.doubleToLongBits(actual) == Double.doubleToLongBits(expected);
        }

        @Override
        public String broken() {
            return "differ";
        }
    }

    /** At most {@code tolerance} apart; NaN is near nothing, an infinity is near itself. */
    record Within(double tolerance) implements Agreement {
        @Override
        public boolean holds(double actual, double expected) {
            return actual == expected || Math.abs(actual - expected) <= tolerance;
        }

        @Override
        public String broken() {
            return "differ by more than " + tolerance;
        }
    }
}
