package io.deformux.worker.train.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** One step of {@link AdamW} for floats in the machine's own memory, in place. One thread. */
final class HostUpdate {
    private static final int CHUNK = 4096;

    private final float decay;
    private final double decayRate;
    private final float keepFirst;
    private final float takeFirst;
    private final float keepSecond;
    private final float takeSecond;
    private final float correction;
    private final float epsilon;
    private final float rate;
    private final float[] w = new float[CHUNK];
    private final float[] g = new float[CHUNK];
    private final float[] m = new float[CHUNK];
    private final float[] v = new float[CHUNK];

    /**
     * A step.
     *
     * @param correction of the second moment, sqrt(1 - b2^t)
     * @param rate the learning rate with the first moment's correction, lr / (1 - b1^t)
     */
    HostUpdate(AdamW.Settings settings, double correction, double rate) {
        this.decay = (float) (1 - settings.learningRate() * settings.weightDecay());
        this.decayRate = settings.learningRate() * settings.weightDecay();
        this.keepFirst = (float) settings.beta1();
        this.takeFirst = (float) (1 - settings.beta1());
        this.keepSecond = (float) settings.beta2();
        this.takeSecond = (float) (1 - settings.beta2());
        this.correction = (float) correction;
        this.epsilon = (float) settings.epsilon();
        this.rate = (float) rate;
    }

    /** Whether an array lies where {@link #apply} can change it. */
    static boolean suits(NDArray array) {
        return !array.getDevice().isGpu() && array.getDataType() == DataType.FLOAT32;
    }

    /**
     * Updates a parameter and its moments by its gradient.
     *
     * @param relative what the learning rate is multiplied by, again and again along the values; one number for all alike
     */
    void apply(NDArray parameter, NDArray gradient, NDArray firstMoment, NDArray secondMoment, float[] relative) {
        FloatBuffer weights = floats(parameter);
        // A copy: a gradient need not lie in order.
        FloatBuffer gradients =
                gradient.toByteBuffer(false).order(ByteOrder.nativeOrder()).asFloatBuffer();
        FloatBuffer first = floats(firstMoment);
        FloatBuffer second = floats(secondMoment);
        for (int at = 0; at < weights.limit(); at += CHUNK) {
            int n = Math.min(CHUNK, weights.limit() - at);
            weights.get(at, w, 0, n);
            gradients.get(at, g, 0, n);
            first.get(at, m, 0, n);
            second.get(at, v, 0, n);
            moments(n);
            if (relative.length == 1) {
                update(n);
            } else {
                update(n, at, relative);
            }
            weights.put(at, w, 0, n);
            first.put(at, m, 0, n);
            second.put(at, v, 0, n);
        }
    }

    private void moments(int n) {
        for (int i = 0; i < n; i++) {
            m[i] = keepFirst * m[i] + takeFirst * g[i];
            v[i] = keepSecond * v[i] + takeSecond * (g[i] * g[i]);
        }
    }

    private void update(int n) {
        for (int i = 0; i < n; i++) {
            float denominator = (float) Math.sqrt(v[i]) / correction + epsilon;
            w[i] = decay * w[i] - rate * (m[i] / denominator);
        }
    }

    private void update(int n, int first, float[] relative) {
        for (int i = 0; i < n; i++) {
            float denominator = (float) Math.sqrt(v[i]) / correction + epsilon;
            float factor = relative[(first + i) % relative.length];
            w[i] = (float) (1 - decayRate * factor) * w[i] - rate * factor * (m[i] / denominator);
        }
    }

    private static FloatBuffer floats(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
