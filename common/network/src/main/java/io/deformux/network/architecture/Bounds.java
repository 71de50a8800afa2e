package io.deformux.network.architecture;

import java.util.Collections;
import java.util.List;

/** Bounds of configurations and image sizes. What is out of them is an {@link IllegalArgumentException} that names it. */
public final class Bounds {
    private Bounds() {}

    /** Checks that a number is 1 to {@code most}. */
    public static void within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ", not " + value);
        }
    }

    /** Checks that a number is odd, and 1 to {@code most}. */
    public static void odd(String name, int value, int most) {
        if (value < 1 || value > most || value % 2 == 0) {
            throw new IllegalArgumentException(name + " must be an odd number from 1 to " + most + ", not " + value);
        }
    }

    /** Checks that there are {@code count} numbers, each 1 to {@code most}. */
    public static void eachWithin(String name, List<Integer> values, int count, int most) {
        if (values.size() != count) {
            throw new IllegalArgumentException(name + " needs " + count + " values, not " + values.size());
        }
        values.forEach(value -> within(name, value, most));
    }

    /** Checks that each number is a multiple of {@code divisor}. */
    public static void divides(String name, List<Integer> values, int divisor) {
        for (int value : values) {
            if (value % divisor != 0) {
                throw new IllegalArgumentException(name + " must be a multiple of " + divisor + ", not " + value);
            }
        }
    }

    /**
     * Checks that each size is a multiple of the stride, and that more than one voxel is left at that stride, where instance
     * normalisation needs at least two.
     *
     * @param d size along the first axis, in voxels; likewise {@code h} and {@code w}
     */
    public static void multiples(int stride, int d, int h, int w) {
        multiples(List.of(stride, stride, stride), d, h, w);
    }

    /** The same with a stride for each axis. */
    public static void multiples(List<Integer> strides, int d, int h, int w) {
        List<Integer> sizes = List.of(d, h, w);
        for (int axis = 0; axis < strides.size(); axis++) {
            if (sizes.get(axis) < strides.get(axis) || sizes.get(axis) % strides.get(axis) != 0) {
                String multiples = strides.stream().distinct().count() == 1
                        ? "" + strides.get(0)
                        : words(strides.get(0), strides.get(1), strides.get(2));
                throw new IllegalArgumentException(
                        "the network takes sizes that are multiples of " + multiples + ", not " + words(d, h, w));
            }
        }
        if (sizes.equals(strides)) {
            throw new IllegalArgumentException(words(d, h, w) + " leaves one voxel at the deepest level: take at least "
                    + 2 * Collections.max(strides) + " along one axis");
        }
    }

    /** Checks that a size is exactly that of the network. */
    public static void exactly(List<Integer> size, int d, int h, int w) {
        if (!size.equals(List.of(d, h, w))) {
            throw new IllegalArgumentException("the network takes images of "
                    + words(size.get(0), size.get(1), size.get(2)) + " alone, not " + words(d, h, w));
        }
    }

    private static String words(int d, int h, int w) {
        return d + "x" + h + "x" + w;
    }
}
