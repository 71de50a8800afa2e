package io.deformux.testing;

/**
 * What a test says of an array of numbers, from three values to a whole volume. A failure names the first places that
 * differ and the worst one, in time and memory that do not grow with the number of differences; AssertJ writes both
 * arrays and compares those texts, which for a volume never ends. {@link TestRules} holds every test to this one.
 */
public final class ArrayAssert {
    private final String name;
    private final Numbers actual;

    private ArrayAssert(String name, Numbers actual) {
        this.name = name;
        this.actual = actual;
    }

    public static ArrayAssert assertThatArray(float[] actual) {
        return new ArrayAssert("", Numbers.of(actual));
    }

    public static ArrayAssert assertThatArray(double[] actual) {
        return new ArrayAssert("", Numbers.of(actual));
    }

    public static ArrayAssert assertThatArray(int[] actual) {
        return new ArrayAssert("", Numbers.of(actual));
    }

    public static ArrayAssert assertThatArray(short[] actual) {
        return new ArrayAssert("", Numbers.of(actual));
    }

    public static ArrayAssert assertThatArray(byte[] actual) {
        return new ArrayAssert("", Numbers.of(actual));
    }

    /** The same array, called {@code what} in a failure. */
    public ArrayAssert as(String what) {
        return new ArrayAssert("[" + what + "] ", actual);
    }

    /** The same numbers in the same order: 0 is not -0, NaN is NaN. */
    public ArrayAssert isEqualTo(float[] expected) {
        return isEqualTo(Numbers.of(expected));
    }

    /** See {@link #isEqualTo(float[])}. */
    public ArrayAssert isEqualTo(double[] expected) {
        return isEqualTo(Numbers.of(expected));
    }

    /** See {@link #isEqualTo(float[])}. */
    public ArrayAssert isEqualTo(int[] expected) {
        return isEqualTo(Numbers.of(expected));
    }

    /** See {@link #isEqualTo(float[])}. */
    public ArrayAssert isEqualTo(short[] expected) {
        return isEqualTo(Numbers.of(expected));
    }

    /** See {@link #isEqualTo(float[])}. */
    public ArrayAssert isEqualTo(byte[] expected) {
        return isEqualTo(Numbers.of(expected));
    }

    /** {@link #isEqualTo(float[])} for values written out, of any kind. */
    public ArrayAssert containsExactly(double... expected) {
        return isEqualTo(Numbers.of(expected));
    }

    /** Not the same numbers in the same order. */
    public ArrayAssert isNotEqualTo(float[] other) {
        return isNotEqualTo(Numbers.of(other));
    }

    /** See {@link #isNotEqualTo(float[])}. */
    public ArrayAssert isNotEqualTo(int[] other) {
        return isNotEqualTo(Numbers.of(other));
    }

    /** See {@link #isNotEqualTo(float[])}. */
    public ArrayAssert isNotEqualTo(byte[] other) {
        return isNotEqualTo(Numbers.of(other));
    }

    /** As many values, each at most {@code tolerance} from its twin; NaN is near nothing, an infinity near itself. */
    public ArrayAssert isCloseTo(float[] expected, double tolerance) {
        return agrees(Numbers.of(expected), new Agreement.Within(tolerance));
    }

    /** See {@link #isCloseTo(float[], double)}. */
    public ArrayAssert isCloseTo(double[] expected, double tolerance) {
        return agrees(Numbers.of(expected), new Agreement.Within(tolerance));
    }

    /** As many values as that. */
    public ArrayAssert hasSize(int size) {
        return check(actual.size() == size, actual.size() + " values, expected " + size);
    }

    /** At least one value, and each of them is this one. */
    public ArrayAssert containsOnly(double value) {
        return isEqualTo(Numbers.constant(value, Math.max(actual.size(), 1)));
    }

    /** Each of these values somewhere. */
    public ArrayAssert contains(double... values) {
        for (double value : values) {
            check(actual.has(value), "none of the " + actual.size() + " values is " + value);
        }
        return this;
    }

    private ArrayAssert isEqualTo(Numbers expected) {
        return agrees(expected, new Agreement.Exact());
    }

    private ArrayAssert isNotEqualTo(Numbers other) {
        boolean different = !new Differences(actual, other, new Agreement.Exact()).none();
        return check(different, "all " + actual.size() + " values are the same");
    }

    private ArrayAssert agrees(Numbers expected, Agreement agreement) {
        Differences differences = new Differences(actual, expected, agreement);
        return check(differences.none(), differences.toString());
    }

    private ArrayAssert check(boolean holds, String failure) {
        if (!holds) {
            throw new AssertionError(name + failure);
        }
        return this;
    }
}
