package io.deformux.parity;

/** How near a network's results must be to the reference's where {@code DEFORMUX_ARITHMETIC} makes it compute otherwise. */
public final class ForcedArithmeticTolerance {
    /** Logits of random networks in bfloat16. */
    private static final double BF16_LOGITS = 0.25;

    private ForcedArithmeticTolerance() {}

    /** For logits: {@code usual} in float, whoever computes it. */
    public static double logits(double usual) {
        return bf16() ? BF16_LOGITS : usual;
    }

    /** The share of equal labels: random networks have many voxels near a tie. */
    public static double labels(double usual, double inBf16) {
        return bf16() ? inBf16 : usual;
    }

    private static boolean bf16() {
        return "bf16".equals(System.getProperty("deformux.arithmetic", System.getenv("DEFORMUX_ARITHMETIC")));
    }
}
