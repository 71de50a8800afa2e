package io.deformux.network.torchscript;

import io.deformux.network.weights.CounterRandom;
import java.util.Arrays;

/** What a parameter is before anything is learned. */
public sealed interface Initial {

    /**
     * The first values.
     *
     * @param random where random ones come from: value i is made of its number i of this stream
     */
    float[] values(int count, CounterRandom random, int stream);

    /** The same value everywhere. */
    record Constant(float value) implements Initial {
        @Override
        public float[] values(int count, CounterRandom random, int stream) {
            float[] values = new float[count];
            Arrays.fill(values, value);
            return values;
        }
    }

    /** Uniform within plus or minus a bound: {@code bound * (2 u - 1)}, in double, rounded once to float. */
    record Uniform(double bound) implements Initial {
        @Override
        public float[] values(int count, CounterRandom random, int stream) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) (bound * (2 * random.uniform(stream, i) - 1));
            }
            return values;
        }
    }

    /** As PyTorch starts convolutions and their biases: uniform within plus or minus 1/sqrt(inputs of one output). */
    static Initial ofFanIn(long fanIn) {
        return new Uniform(1 / Math.sqrt(fanIn));
    }
}
