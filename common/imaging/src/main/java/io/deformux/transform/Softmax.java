package io.deformux.transform;

import java.util.stream.IntStream;

/** Logits into probabilities. */
public final class Softmax {
    /** Voxels per task: their running maximum and sum stay in the first-level cache. */
    private static final int CHUNK = 1024;

    private Softmax() {}

    /**
     * Softmax over the first axis, on all cores.
     *
     * @param logits (classes, voxels)
     * @param probabilities takes (classes, voxels)
     */
    public static void overClasses(float[] logits, int classes, float[] probabilities, int voxels) {
        IntStream.range(0, (voxels + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            chunk(logits, classes, probabilities, voxels, from, Math.min(CHUNK, voxels - from));
        });
    }

    private static void chunk(float[] logits, int classes, float[] probabilities, int voxels, int from, int count) {
        float[] max = new float[count];
        System.arraycopy(logits, from, max, 0, count);
        for (int c = 1; c < classes; c++) {
            int at = c * voxels + from;
            for (int n = 0; n < count; n++) {
                max[n] = Math.max(max[n], logits[at + n]);
            }
        }
        float[] sum = new float[count];
        for (int c = 0; c < classes; c++) {
            int at = c * voxels + from;
            for (int n = 0; n < count; n++) {
                float e = (float) Math.exp(logits[at + n] - max[n]);
                probabilities[at + n] = e;
                sum[n] += e;
            }
        }
        for (int c = 0; c < classes; c++) {
            int at = c * voxels + from;
            for (int n = 0; n < count; n++) {
                probabilities[at + n] /= sum[n];
            }
        }
    }
}
