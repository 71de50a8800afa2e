package io.deformux.network.kernel;

/**
 * Where the taps of one output voxel sample: the taps that fall inside, the lowest corner of each one's cell, and the
 * trilinear shares of its eight corners (w fastest, then h, then d). Filled again for every voxel; one thread.
 */
final class TapPlan {
    /** Taps of a 3x3x3 kernel. */
    static final int TAPS = 27;

    /** Corners of a cell. */
    static final int CORNERS = 8;

    final int[] tap = new int[TAPS];
    final int[] low = new int[TAPS];
    final float[] shares = new float[TAPS * CORNERS];
    int count;

    /**
     * Plans a voxel: tap (i, j, k) samples at {@code o - 1 + tap + offset} along each axis; a position outside
     * {@code (-1, size)} counts as 0 and is left out.
     *
     * @param offsets 81 values from {@code at} on: 3 x tap + axis, taps in (d, h, w) order, axes d, h, w, in voxels
     */
    void fill(Rim rim, float[] offsets, int at, int d, int h, int w) {
        MapView map = rim.map();
        count = 0;
        for (int t = 0; t < TAPS; t++) {
            float pd = d - 1 + t / 9 + offsets[at + 3 * t];
            float ph = h - 1 + t / 3 % 3 + offsets[at + 3 * t + 1];
            float pw = w - 1 + t % 3 + offsets[at + 3 * t + 2];
            if (pd > -1 && ph > -1 && pw > -1 && pd < map.d() && ph < map.h() && pw < map.w()) {
                add(rim, t, pd, ph, pw);
            }
        }
    }

    private void add(Rim rim, int t, float pd, float ph, float pw) {
        int ld = floor(pd);
        int lh = floor(ph);
        int lw = floor(pw);
        float fd = pd - ld;
        float fh = ph - lh;
        float fw = pw - lw;
        float nearNear = (1 - fd) * (1 - fh);
        float nearFar = (1 - fd) * fh;
        float farNear = fd * (1 - fh);
        float farFar = fd * fh;
        int s = count * CORNERS;
        shares[s] = nearNear * (1 - fw);
        shares[s + 1] = nearNear * fw;
        shares[s + 2] = nearFar * (1 - fw);
        shares[s + 3] = nearFar * fw;
        shares[s + 4] = farNear * (1 - fw);
        shares[s + 5] = farNear * fw;
        shares[s + 6] = farFar * (1 - fw);
        shares[s + 7] = farFar * fw;
        tap[count] = t;
        low[count] = rim.at(ld, lh, lw);
        count++;
    }

    private static int floor(float x) {
        int i = (int) x;
        return i > x ? i - 1 : i;
    }
}
