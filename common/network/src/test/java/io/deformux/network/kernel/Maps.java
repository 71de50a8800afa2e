package io.deformux.network.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

/** Maps for tests. */
public final class Maps {
    private Maps() {}

    /** A map whose values are not set. */
    public static MapView blank(boolean half, int d, int h, int w, int c) {
        int bytes = d * h * w * c * (half ? Short.BYTES : Float.BYTES);
        return new MapView(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()), half, d, h, w, c);
    }

    /** A map of values (c, d, h, w). */
    public static MapView of(boolean half, float[] planar, int d, int h, int w, int c) {
        MapView map = blank(half, d, h, w, c);
        map.setPlanar(FloatBuffer.wrap(planar), Kernels.plain());
        return map;
    }

    /** The values of a map, (c, d, h, w). */
    public static float[] planar(MapView map) {
        float[] last = last(map);
        float[] planar = new float[last.length];
        for (int v = 0; v < map.voxels(); v++) {
            for (int c = 0; c < map.c(); c++) {
                planar[c * map.voxels() + v] = last[v * map.c() + c];
            }
        }
        return planar;
    }

    /** The values of a map as they lie, (d, h, w, c). */
    public static float[] last(MapView map) {
        float[] values = new float[map.voxels() * map.c()];
        map.rows(Kernels.plain().rows()).read(0, values, values.length);
        return values;
    }

    /** Values from -size to size. */
    public static float[] random(int n, long seed, float size) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = size * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
