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

    /**
     * Normal with mean 0: by Box and Muller from two uniform numbers each, in double, rounded once to float. What lies beyond
     * the cut (for 0.02 and 2, as references have it, nothing) is put on it.
     */
    record Normal(double deviation, double cut) implements Initial {
        @Override
        public float[] values(int count, CounterRandom random, int stream) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                double radius = Math.sqrt(-2 * Math.log(1 - random.uniform(stream, 2 * i)));
                double value = deviation * radius * Math.cos(2 * Math.PI * random.uniform(stream, 2 * i + 1));
                values[i] = (float) Math.max(-cut, Math.min(cut, value));
            }
            return values;
        }
    }

    /** As {@code trunc_normal_} of PyTorch: cut at plus or minus 2. */
    static Initial truncatedNormal(double deviation) {
        return new Normal(deviation, 2);
    }

    /** As {@code kaiming_normal_} of PyTorch for leaky ReLU: standard deviation sqrt(2 / ((1 + slope^2) inputs)). */
    static Initial kaimingNormal(long fanIn, double slope) {
        return new Normal(Math.sqrt(2 / ((1 + slope * slope) * fanIn)), Double.POSITIVE_INFINITY);
    }

    /** As {@code xavier_uniform_} of PyTorch: within plus or minus sqrt(6 / (inputs + outputs)). */
    static Initial xavierUniform(long fanIn, long fanOut) {
        return new Uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
    }

    /** As PyTorch starts convolutions and their biases: uniform within plus or minus 1/sqrt(inputs of one output). */
    static Initial ofFanIn(long fanIn) {
        return new Uniform(1 / Math.sqrt(fanIn));
    }
}
