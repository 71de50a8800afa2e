package io.deformux.network.training;

/**
 * Where the 27 taps of one output voxel sample: those that fall inside, the lowest corner of each one's cell, and how far
 * into the cell each lies along each axis. Filled again for every voxel; one thread.
 *
 * <p>The order is that of w, d, h: cells of neighbours along w overlap, and a gradient written to one should be out of the way
 * before the next is read.
 */
final class Taps {
    /** Taps of a 3x3x3 kernel. */
    static final int COUNT = 27;

    final int[] tap = new int[COUNT];
    final int[] low = new int[COUNT];
    final float[] alongD = new float[COUNT];
    final float[] alongH = new float[COUNT];
    final float[] alongW = new float[COUNT];
    int count;

    /**
     * Plans a voxel: tap (i, j, k) samples at {@code o - 1 + tap + offset} along each axis; a position outside {@code (-1,
     * size)} counts as 0 and is left out. The cell is that of the floor, at integer positions too.
     *
     * @param offsets value {@code at + (3 tap + axis) stride}, taps in (d, h, w) order, axes d, h, w, in voxels
     */
    void fill(VoxelRows x, float[] offsets, int at, int stride, int d, int h, int w) {
        count = 0;
        for (int n = 0; n < COUNT; n++) {
            int t = n % 9 * 3 + n / 9;
            int o = at + 3 * t * stride;
            float pd = d - 1 + t / 9 + offsets[o];
            float ph = h - 1 + t / 3 % 3 + offsets[o + stride];
            float pw = w - 1 + t % 3 + offsets[o + 2 * stride];
            if (pd > -1 && ph > -1 && pw > -1 && pd < x.d && ph < x.h && pw < x.w) {
                int ld = floor(pd);
                int lh = floor(ph);
                int lw = floor(pw);
                tap[count] = t;
                low[count] = x.at(ld, lh, lw);
                alongD[count] = pd - ld;
                alongH[count] = ph - lh;
                alongW[count] = pw - lw;
                count++;
            }
        }
    }

    private static int floor(float x) {
        int i = (int) x;
        return i > x ? i - 1 : i;
    }
}
