package io.deformux.testing;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What passes, and what a failure says. */
class ArrayAssertTest {
    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @Test
    void equalArraysOfEveryKindPass() {
        assertThatArray(new float[] {1, NAN, INFINITY, -0f}).isEqualTo(new float[] {1, NAN, INFINITY, -0f});
        assertThatArray(new double[] {0.1, 2}).isEqualTo(new double[] {0.1, 2}).containsExactly(0.1, 2);
        assertThatArray(new int[] {Integer.MAX_VALUE}).isEqualTo(new int[] {Integer.MAX_VALUE});
        assertThatArray(new short[] {-1, 3}).isEqualTo(new short[] {-1, 3});
        assertThatArray(new byte[] {-1, 3}).isEqualTo(new byte[] {-1, 3}).isEqualTo(new int[] {-1, 3});
        assertThatArray(new float[0]).isEqualTo(new float[0]).hasSize(0);
        assertThatArray(new float[] {0.1f, 2}).containsExactly(0.1f, 2);
    }

    @Test
    void aFailureNamesTheFirstPlacesAndTheWorst() {
        float[] actual = new float[1000];
        for (int n : new int[] {3, 5, 8, 13, 21, 34, 55}) {
            actual[n] = n;
        }
        actual[8] = -100;
        assertThat(failure(() -> assertThatArray(actual).as("logits").isEqualTo(new float[1000])))
                .isEqualTo(
                        """
                        [logits] 7 of 1000 values differ
                          at 3: 3.0, expected 0.0
                          at 5: 5.0, expected 0.0
                          at 8: -100.0, expected 0.0
                          at 13: 13.0, expected 0.0
                          at 21: 21.0, expected 0.0
                          and 2 more
                          worst at 8: -100.0, expected 0.0, off by 100.0""");
    }

    @Test
    void anotherLengthIsADifference() {
        assertThat(failure(() -> assertThatArray(new int[] {1, 2, 3}).isEqualTo(new int[] {1, 7})))
                .isEqualTo(
                        """
                        3 values, expected 2; 1 of 2 values differ
                          at 1: 2, expected 7
                          worst at 1: 2, expected 7, off by 5.0""");
        assertThat(failure(() -> assertThatArray(new byte[2]).isCloseTo(new double[3], 1)))
                .isEqualTo("2 values, expected 3; 0 of 2 values differ by more than 1.0");
        assertThat(failure(() -> assertThatArray(new byte[2]).hasSize(3))).isEqualTo("2 values, expected 3");
    }

    @Test
    void closeIsWithinTheTolerance() {
        assertThatArray(new double[] {1, 2.5, -3}).isCloseTo(new double[] {1.25, 2.5, -3.25}, 0.25);
        assertThat(failure(() -> assertThatArray(new float[] {1, 2}).isCloseTo(new float[] {1.125f, 2.5f}, 0.25)))
                .startsWith("1 of 2 values differ by more than 0.25\n  at 1: 2.0, expected 2.5\n");
    }

    @Test
    void nothingIsCloseToNaN() {
        float[] numbers = {1, 2, 3};
        float[] withNaN = {1, NAN, 9};
        assertThat(failure(() -> assertThatArray(withNaN).isCloseTo(numbers, INFINITY)))
                .endsWith("worst at 1: NaN, expected 2.0, off by NaN");
        assertThat(failure(() -> assertThatArray(numbers).isCloseTo(withNaN, 1)))
                .endsWith("worst at 1: 2.0, expected NaN, off by NaN");
        assertThat(failure(() -> assertThatArray(withNaN).isCloseTo(withNaN, 1)))
                .startsWith("1 of 3 values differ");
    }

    @Test
    void anInfinityIsCloseToItself() {
        float[] infinite = {INFINITY, -INFINITY};
        assertThatArray(infinite).isCloseTo(infinite, 0);
        assertThat(failure(() -> assertThatArray(infinite).isCloseTo(new float[] {INFINITY, INFINITY}, 1)))
                .endsWith("worst at 1: -Infinity, expected Infinity, off by Infinity");
    }

    @Test
    void zeroHasASign() {
        assertThat(failure(() -> assertThatArray(new float[] {0}).isEqualTo(new float[] {-0f})))
                .endsWith("worst at 0: 0.0, expected -0.0, off by 0.0");
        assertThatArray(new float[] {0}).isCloseTo(new float[] {-0f}, 0);
    }

    @Test
    void millionsOfDifferencesAreTheSameFewLines() {
        float[] actual = new float[10_000_000];
        float[] expected = new float[actual.length];
        for (int n = 0; n < actual.length; n++) {
            actual[n] = n + 1;
        }
        assertThat(failure(() -> assertThatArray(actual).isCloseTo(expected, 0.5)))
                .startsWith("10000000 of 10000000 values differ by more than 0.5")
                .endsWith("worst at 9999999: 1.0E7, expected 0.0, off by 1.0E7")
                .hasLineCount(8);
    }

    @Test
    void anotherArrayIsAnotherInOneValueOrInSize() {
        float[] array = {1, 2, NAN};
        assertThatArray(array).isNotEqualTo(new float[] {1, 3, NAN}).isNotEqualTo(new float[] {1, 2});
        assertThat(failure(() -> assertThatArray(array).isNotEqualTo(array.clone())))
                .isEqualTo("all 3 values are the same");
    }

    @Test
    void oneValueEverywhere() {
        assertThatArray(new float[] {0.1f, 0.1f}).containsOnly(0.1f);
        assertThat(failure(() -> assertThatArray(new byte[] {4, 5, 4}).containsOnly(4)))
                .startsWith("1 of 3 values differ\n  at 1: 5, expected 4.0\n");
        assertThat(failure(() -> assertThatArray(new byte[0]).containsOnly(4))).startsWith("0 values, expected 1");
    }

    @Test
    void everyValueSomewhere() {
        assertThatArray(new double[] {3, NAN, 1}).contains(1, NAN);
        assertThat(failure(() -> assertThatArray(new int[] {3, 1}).as("labels").contains(1, 2)))
                .isEqualTo("[labels] none of the 2 values is 2.0");
    }

    private static String failure(ThrowingCallable check) {
        return catchThrowableOfType(AssertionError.class, check).getMessage();
    }
}
