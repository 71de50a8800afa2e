package io.deformux.network.training;

/**
 * The normal distribution that GELU (Hendrycks and Gimpel, arXiv 1606.08415) is made of: {@code gelu(x) = x P(x)}, {@code
 * gelu'(x) = P(x) + x p(x)}. P follows Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26, with an absolute
 * error below 1e-7.
 */
final class Gaussian {
    static final float SQRT_HALF = 0.70710678118654752f;
    static final float DENSITY_AT_0 = 0.39894228040143268f;
    static final float T = 0.3275911f;
    static final float A1 = 0.254829592f;
    static final float A2 = -0.284496736f;
    static final float A3 = 1.421413741f;
    static final float A4 = -1.453152027f;
    static final float A5 = 1.061405429f;

    private Gaussian() {}

    /** exp(-x^2 / 2) */
    static float bell(float x) {
        return (float) Math.exp(-0.5 * x * x);
    }

    /** P(x), given the bell of x. */
    static float below(float x, float bell) {
        float t = 1 / (1 + T * SQRT_HALF * Math.abs(x));
        float tail = 0.5f * bell * t * (A1 + t * (A2 + t * (A3 + t * (A4 + t * A5))));
        return x < 0 ? tail : 1 - tail;
    }
}
