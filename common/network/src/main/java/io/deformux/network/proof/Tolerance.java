package io.deformux.network.proof;

/**
 * How far a layer's value may be from the exact one, relative as {@link ArithmeticProof} measures. Right convolutions were
 * seen within a twentieth of the first and a fifth of the second; wrong ones are off by 0.2 and more.
 */
public enum Tolerance {
    /** Float: sums of up to 20 000 terms round by some 1e-6. */
    FP32(1e-4),
    /** TF32 and half precision: factors or results round by up to 2^-11. */
    TEN_BITS(5e-3),
    /** Bfloat16: the result alone rounds by up to 2^-9. */
    BF16(2e-2);

    private final double worst;

    Tolerance(double worst) {
        this.worst = worst;
    }

    /** The largest error that passes. */
    public double worst() {
        return worst;
    }
}
