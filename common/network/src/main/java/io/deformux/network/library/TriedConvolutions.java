package io.deformux.network.library;

import java.util.ArrayList;
import java.util.List;

/**
 * The convolutions that are tried: those of the networks (1x1x1, 3x3x3, 7x7x7 with stride 2, 2x2x2 with stride 2 there and
 * back), narrow and wide, at sizes from 2 to 16, one and two samples, in both layouts. Among them are many that oneDNN 3
 * computes wrong where it cannot learn the sizes of the caches: few input channels in bfloat16, transposed ones of two
 * samples in float, gradients of one channel or two samples.
 */
final class TriedConvolutions {
    private static final int[][] KERNELS = {{1, 1}, {3, 1}, {7, 2}, {2, 2}};
    /** Channels in and out. */
    private static final int[][] NARROW = {{1, 1}, {1, 8}, {4, 8}, {8, 3}};

    private static final int[][] WIDE = {{1, 48}, {8, 16}, {48, 48}, {48, 81}, {96, 48}};
    private static final int[][] SIZES = {{4, 4, 4}, {2, 2, 2}, {6, 8, 10}};
    private static final int[] LARGE = {16, 16, 16};
    /**
     * A 7x7x7 kernel only ever reads an image, which is larger. (Where three windows fit an axis, as in maps of six voxels,
     * oneDNN computes the gradient of its weights wrong whatever it knows of the caches.)
     */
    private static final int[][] IMAGE_SIZES = {{16, 16, 16}, {16, 20, 24}};
    /** Wide ones would take long. */
    private static final int MOST_INTO_7 = 8;

    private final List<TriedConvolution> shapes = new ArrayList<>();

    private TriedConvolutions() {}

    /** For results. */
    static List<TriedConvolution> forward() {
        TriedConvolutions all = new TriedConvolutions();
        all.add(NARROW);
        all.add(WIDE);
        return all.shapes;
    }

    /** For gradients, which take longer. */
    static List<TriedConvolution> gradients() {
        TriedConvolutions narrow = new TriedConvolutions();
        narrow.add(NARROW);
        return narrow.shapes;
    }

    private void add(int[][] channels) {
        for (int[] inOut : channels) {
            for (int[] kernel : KERNELS) {
                if (kernel[0] < 7 || inOut[0] <= MOST_INTO_7) {
                    add(kernel, false, inOut);
                }
            }
            add(new int[] {2, 2}, true, inOut);
        }
    }

    /** One and two samples in both layouts, sizes in turn; narrow ones also large. */
    private void add(int[] kernel, boolean transposed, int[] inOut) {
        for (boolean last : new boolean[] {false, true}) {
            for (int batch = 1; batch <= 2; batch++) {
                int[][] sizes = kernel[0] == 7 ? IMAGE_SIZES : SIZES;
                add(kernel, transposed, batch, inOut, sizes[shapes.size() % sizes.length], last);
            }
        }
        if (inOut[0] * inOut[1] <= 8 && kernel[0] < 7) {
            add(kernel, transposed, 1, inOut, LARGE, false);
        }
    }

    private void add(int[] kernel, boolean transposed, int batch, int[] inOut, int[] size, boolean last) {
        shapes.add(new TriedConvolution(
                kernel[0], kernel[1], transposed, batch, inOut[0], inOut[1], size[0], size[1], size[2], last));
    }
}
