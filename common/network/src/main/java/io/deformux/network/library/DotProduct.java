package io.deformux.network.library;

/** A sum of products in double, with the size that its rounding errors are measured against. */
final class DotProduct {
    private double sum;
    private double squares;

    void add(double a, double b) {
        double product = a * b;
        sum += product;
        squares += product * product;
    }

    double sum() {
        return sum;
    }

    /**
     * How far a computed value is off: relative to the sum, or to the root of the summed squares of its terms where they
     * cancel. NaN and infinity are infinitely far off.
     */
    double error(float computed) {
        double scale = Math.max(Math.abs(sum), Math.sqrt(squares));
        double off = Math.abs(computed - sum);
        if (off == 0) {
            return 0;
        }
        return Float.isFinite(computed) && scale > 0 ? off / scale : Double.POSITIVE_INFINITY;
    }
}
