package io.deformux.radiomics;

/** A sum of -p log2 p. */
final class Entropy {
    private static final double LN_2 = Math.log(2);

    private double sum;

    Entropy add(double p) {
        return add(p, p);
    }

    /** Adds {@code -weight log2 p}. */
    Entropy add(double weight, double p) {
        if (p > 0) {
            sum -= weight * Math.log(p) / LN_2;
        }
        return this;
    }

    double bits() {
        return sum;
    }

    static double of(double[] probabilities) {
        Entropy entropy = new Entropy();
        for (double p : probabilities) {
            entropy.add(p);
        }
        return entropy.bits();
    }
}
