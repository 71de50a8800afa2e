package io.deformux.network.kernel;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Places what a 2x2x2 transposed convolution of stride 2 computed, beside a map of that doubled size: [upsampled, skip]
 * along the channels. Only bytes move, so it is the same for every number format.
 */
public final class DoublingPass {
    /** Voxels of the doubled map for each one. */
    public static final int CHILDREN = 8;

    /**
     * Joins.
     *
     * @param taps (d, h, w, 8 c): for every voxel its eight children, taps in (d, h, w) order, channels fastest
     * @param skip (2d, 2h, 2w, s)
     * @param to (2d, 2h, 2w, c + s)
     */
    public void apply(MapView taps, MapView skip, MapView to) {
        IntStream.range(0, to.d() * to.h()).parallel().forEach(line -> line(taps, skip, to, line));
    }

    /**
     * Places them with nothing beside.
     *
     * @param to (2d, 2h, 2w, c)
     */
    public void apply(MapView taps, MapView to) {
        IntStream.range(0, to.d() * to.h()).parallel().forEach(line -> line(taps, new byte[0], 0, to, line));
    }

    private static void line(MapView taps, MapView skip, MapView to, int line) {
        int beside = skip.c() * size(to);
        byte[] skips = bytes(skip, line * skip.w() * beside, skip.w() * beside);
        line(taps, skips, beside, to, line);
    }

    private static void line(MapView taps, byte[] skips, int beside, MapView to, int line) {
        int size = size(to);
        int up = taps.c() / CHILDREN * size;
        int d = line / to.h();
        int h = line % to.h();
        int firstTap = (d % 2 * 2 + h % 2) * 2;
        byte[] parents =
                bytes(taps, (d / 2 * taps.h() + h / 2) * taps.w() * taps.c() * size, taps.w() * taps.c() * size);
        byte[] joined = new byte[to.w() * (up + beside)];
        for (int w = 0; w < to.w(); w++) {
            int at = w * (up + beside);
            System.arraycopy(parents, (w / 2 * CHILDREN + firstTap + w % 2) * up, joined, at, up);
            System.arraycopy(skips, w * beside, joined, at + up, beside);
        }
        to.bytes().put(line * joined.length, joined);
    }

    private static int size(MapView map) {
        return map.half() ? Short.BYTES : Float.BYTES;
    }

    private static byte[] bytes(MapView map, int first, int length) {
        byte[] values = new byte[length];
        ByteBuffer bytes = map.bytes();
        bytes.get(first, values);
        return values;
    }
}
