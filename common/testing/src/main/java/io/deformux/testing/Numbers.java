package io.deformux.testing;

import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A primitive array of any kind, seen as doubles, which hold each of its numbers exactly. Not for {@code long}.
 *
 * @param size the number of values
 * @param values the value at an index
 * @param texts the value at an index as Java writes its own kind
 */
record Numbers(int size, IntToDoubleFunction values, IntFunction<String> texts) {
    static Numbers of(float[] array) {
        return new Numbers(array.length, n -> array[n], n -> Float.toString(array[n]));
    }

    static Numbers of(double[] array) {
        return new Numbers(array.length, n -> array[n], n -> Double.toString(array[n]));
    }

    static Numbers of(int[] array) {
        return new Numbers(array.length, n -> array[n], n -> Integer.toString(array[n]));
    }

    static Numbers of(short[] array) {
        return new Numbers(array.length, n -> array[n], n -> Short.toString(array[n]));
    }

    static Numbers of(byte[] array) {
        return new Numbers(array.length, n -> array[n], n -> Byte.toString(array[n]));
    }

    static Numbers constant(double value, int size) {
        return new Numbers(size, n -> value, n -> Double.toString(value));
    }

    double at(int n) {
        return values.applyAsDouble(n);
    }

    String text(int n) {
        return texts.apply(n);
    }

    /** Whether this very number is among them. */
    boolean has(double value) {
        Agreement same = new Agreement.Exact();
        return IntStream.range(0, size).anyMatch(n -> same.holds(at(n), value));
    }
}
