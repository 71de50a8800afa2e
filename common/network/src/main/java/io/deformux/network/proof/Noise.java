package io.deformux.network.proof;

import java.nio.FloatBuffer;
import java.util.Random;

/** Images that no layer maps to zeros: what arithmetic is proven and measured with. Stateless. */
public final class Noise {
    private Noise() {}

    /** So many random values in 0 to 1, from position 0; the same for the same seed. */
    public static FloatBuffer of(int values, long seed) {
        Random random = new Random(seed);
        FloatBuffer noise = FloatBuffer.allocate(values);
        while (noise.hasRemaining()) {
            noise.put(random.nextFloat());
        }
        return noise.flip();
    }
}
