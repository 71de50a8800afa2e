package io.deformux.network.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * What one task of a convolution computes: whole rows of output voxels and a range of panels of channels.
 *
 * @param d first plane
 * @param h first line of each plane
 * @param planes how many
 * @param lines how many of each plane
 * @param panel first panel of channels
 * @param panels how many
 */
record ConvolutionBlock(int d, int h, int planes, int lines, int panel, int panels) {
    /** What a slab may hold, in floats: what a core has of the caches to itself, roughly. */
    private static final long SLAB = 1 << 19;

    /** The same where no voxel is read twice, so that nothing is lost by small ones: they stay in a second-level cache. */
    private static final long STREAMED = 1 << 15;

    /** Products of a task: about 4 ms of one core. */
    private static final long PRODUCTS = 1 << 28;

    /**
     * Cuts a result into blocks as large as the limits let them be.
     *
     * @param y the result
     * @param width output voxels that a row of a slab serves
     * @param panels how many panels of channels
     * @param widest channels of the widest of them
     */
    static List<ConvolutionBlock> cut(ConvolutionShape shape, MapView y, int width, int panels, int widest) {
        long products = (long) y.w() * shape.terms() * widest;
        int planes = 1;
        int lines = 1;
        boolean growing = true;
        while (growing) {
            growing = false;
            if (lines < y.h() && fits(shape, width, products, planes, lines + 1)) {
                lines++;
                growing = true;
            }
            if (planes < y.d() && fits(shape, width, products, planes + 1, lines)) {
                planes++;
                growing = true;
            }
        }
        planes = even(y.d(), planes);
        lines = even(y.h(), lines);
        int together = even(panels, (int) Math.max(1, Math.min(panels, PRODUCTS / (products * planes * lines))));
        List<ConvolutionBlock> blocks = new ArrayList<>();
        for (int p = 0; p < panels; p += together) {
            for (int d = 0; d < y.d(); d += planes) {
                for (int h = 0; h < y.h(); h += lines) {
                    blocks.add(new ConvolutionBlock(
                            d,
                            h,
                            Math.min(planes, y.d() - d),
                            Math.min(lines, y.h() - h),
                            p,
                            Math.min(together, panels - p)));
                }
            }
        }
        return blocks;
    }

    private static boolean fits(ConvolutionShape shape, int width, long products, int planes, int lines) {
        long most = shape.stride() < shape.k() ? SLAB : STREAMED;
        return Slab.size(shape, planes, lines, width) <= most && products * planes * lines <= PRODUCTS;
    }

    /** The size of parts that are about equal and not larger than {@code most}. */
    private static int even(int all, int most) {
        int parts = (all + most - 1) / most;
        return (all + parts - 1) / parts;
    }

    /** How many rows of voxels. */
    int rows() {
        return planes * lines;
    }
}
