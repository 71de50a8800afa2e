package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

/** How near a network's results must be to the reference's where {@code DEFORMUX_ARITHMETIC} makes it compute otherwise. */
public final class ForcedArithmeticTolerance {
    /** Logits of random networks in bfloat16. */
    private static final double BF16_LOGITS = 0.25;

    private static final double BF16_NORM = 0.05;

    private ForcedArithmeticTolerance() {}

    /** For logits: {@code usual} in float, whoever computes it. */
    public static double logits(double usual) {
        return bf16() ? BF16_LOGITS : usual;
    }

    /**
     * Compares logits of random networks: value by value in float; as norms in bfloat16, whose thirty rounded layers leave a
     * few values far off.
     */
    public static void requireLogits(String name, double[] actual, double[] expected, double usual) {
        if (!bf16()) {
            assertThatArray(actual).as(name).isCloseTo(expected, usual);
            return;
        }
        assertThatArray(actual).as(name).hasSize(expected.length);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference / size)).as(name).isLessThan(BF16_NORM);
    }

    /** The share of equal labels: random networks have many voxels near a tie. */
    public static double labels(double usual, double inBf16) {
        return bf16() ? inBf16 : usual;
    }

    private static boolean bf16() {
        return "bf16".equals(System.getProperty("deformux.arithmetic", System.getenv("DEFORMUX_ARITHMETIC")));
    }
}
