package io.deformux.inference;

import io.deformux.volume.Shape3;
import java.util.stream.IntStream;

/**
 * Which windows cover an image: MONAI's padding, scan interval and patch positions.
 *
 * <p>An axis shorter than the window is padded to its size, the smaller half of the padding first. Windows start
 * every {@link #interval} voxels until one reaches the end; the last is moved back to end there. Immutable.
 */
public final class WindowPlan {

    /**
     * Where a window begins, in voxels of the unpadded image; negative where it begins in the padding.
     *
     * @param i its first voxel along axis 0
     * @param j its first voxel along axis 1
     * @param k its first voxel along axis 2
     */
    public record Origin(int i, int j, int k) {}

    private final Shape3 roi;
    private final Shape3 padded;
    private final int[] padBefore = new int[3];
    private final int[] interval = new int[3];
    private final int[][] starts = new int[3][];

    /**
     * The windows for an image.
     *
     * @param image the size of the unpadded image
     * @param roi the window size
     * @param overlap 0 (included) to 1 (excluded)
     */
    public WindowPlan(Shape3 image, Shape3 roi, double overlap) {
        this.roi = roi;
        padded = new Shape3(Math.max(image.d(), roi.d()), Math.max(image.h(), roi.h()), Math.max(image.w(), roi.w()));
        for (int axis = 0; axis < 3; axis++) {
            int size = padded.axis(axis);
            int window = roi.axis(axis);
            padBefore[axis] = (size - image.axis(axis)) / 2;
            interval[axis] = window == size ? window : Math.max((int) (window * (1 - overlap)), 1);
            starts[axis] = starts(size, window, interval[axis]);
        }
    }

    private static int[] starts(int size, int window, int interval) {
        int last = size - window;
        int count = (last + interval - 1) / interval + 1;
        return IntStream.range(0, count).map(n -> Math.min(n * interval, last)).toArray();
    }

    /** The window size. */
    public Shape3 roi() {
        return roi;
    }

    /** The image size after padding. */
    public Shape3 padded() {
        return padded;
    }

    /** How many voxels of padding come before the image along an axis. */
    public int padBefore(int axis) {
        return padBefore[axis];
    }

    /** The distance between windows along an axis, except before the last one. */
    public int interval(int axis) {
        return interval[axis];
    }

    /** Where windows start along an axis of the padded image, rising; a new array. */
    public int[] starts(int axis) {
        return starts[axis].clone();
    }

    /**
     * The number of windows.
     *
     * @throws ArithmeticException if it is above 2^31 - 1
     */
    public int count() {
        return Math.multiplyExact(Math.multiplyExact(starts[0].length, starts[1].length), starts[2].length);
    }

    /** Where window {@code n} begins; they are numbered with the last axis fastest. */
    public Origin origin(int n) {
        int k = n % starts[2].length;
        int j = n / starts[2].length % starts[1].length;
        int i = n / starts[2].length / starts[1].length;
        return new Origin(starts[0][i] - padBefore[0], starts[1][j] - padBefore[1], starts[2][k] - padBefore[2]);
    }
}
