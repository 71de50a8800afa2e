package io.deformux.testing;

import java.util.ArrayList;
import java.util.List;

/** Where two arrays differ: one walk over both that keeps the first places and the worst, however many there are. */
final class Differences {
    private static final int SHOWN = 5;

    private final Numbers actual;
    private final Numbers expected;
    private final Agreement agreement;
    private final int compared;
    private final List<Integer> first = new ArrayList<>(SHOWN);

    private int count;
    private int worst;
    private double largest = -1;

    Differences(Numbers actual, Numbers expected, Agreement agreement) {
        this.actual = actual;
        this.expected = expected;
        this.agreement = agreement;
        this.compared = Math.min(actual.size(), expected.size());
        for (int n = 0; n < compared; n++) {
            if (!agreement.holds(actual.at(n), expected.at(n))) {
                add(n);
            }
        }
    }

    private void add(int n) {
        count++;
        if (first.size() < SHOWN) {
            first.add(n);
        }
        double distance = distance(n);
        double size = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
        if (size > largest) {
            largest = size;
            worst = n;
        }
    }

    private double distance(int n) {
        return Math.abs(actual.at(n) - expected.at(n));
    }

    /** Whether there are none, of values or of size. */
    boolean none() {
        return count == 0 && actual.size() == expected.size();
    }

    /** A few lines, whatever the size. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (actual.size() != expected.size()) {
            text.append(actual.size())
                    .append(" values, expected ")
                    .append(expected.size())
                    .append("; ");
        }
        text.append(count).append(" of ").append(compared).append(" values ").append(agreement.broken());
        for (int n : first) {
            text.append("\n  at ").append(place(n));
        }
        if (count > first.size()) {
            text.append("\n  and ").append(count - first.size()).append(" more");
        }
        if (count > 0) {
            text.append("\n  worst at ")
                    .append(place(worst))
                    .append(", off by ")
                    .append(distance(worst));
        }
        return text.toString();
    }

    private String place(int n) {
        return n + ": " + actual.text(n) + ", expected " + expected.text(n);
    }
}
