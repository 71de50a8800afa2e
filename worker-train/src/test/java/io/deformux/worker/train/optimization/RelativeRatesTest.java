package io.deformux.worker.train.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.network.weights.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value with a relative rate learns as if it were alone with that learning rate. */
class RelativeRatesTest {
    private static final int CHANNELS = 3;
    private static final float[] RATES = {1, 0.5f, 0.25f, 0.1f};
    private static final double RATE = 0.01;
    private static final double DECAY = 0.3;

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void eachTapLearnsAtItsOwnRate(DataType type) {
        double[] start = values(1);
        double[][] gradients = {values(2), values(3), values(4)};
        double[] together;
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            Tensor relative = new Tensor(new int[] {2, 2}, RATES);
            NDArray w = array(scope, start, type);
            try (AdamW optimizer =
                    new AdamW(AdamW.Settings.of(RATE, DECAY), scope, Map.of("w", w), Map.of("w", relative))) {
                for (double[] gradient : gradients) {
                    optimizer.step(Map.of("w", array(scope, gradient, type)));
                }
            }
            together = w.toType(DataType.FLOAT64, false).toDoubleArray();
            for (int tap = 0; tap < RATES.length; tap++) {
                double[] alone = alone(scope, start, gradients, RATE * RATES[tap]);
                for (int i = tap; i < start.length; i += RATES.length) {
                    assertThat(together[i]).isCloseTo(alone[i], within(1e-6));
                    assertThat(Math.abs(together[i] - start[i])).isGreaterThan(1e-4);
                }
            }
        }
    }

    private static double[] alone(NDManager scope, double[] start, double[][] gradients, double rate) {
        NDArray w = array(scope, start, DataType.FLOAT64);
        try (AdamW optimizer = new AdamW(AdamW.Settings.of(rate, DECAY), scope, Map.of("w", w))) {
            for (double[] gradient : gradients) {
                optimizer.step(Map.of("w", array(scope, gradient, DataType.FLOAT64)));
            }
        }
        return w.toDoubleArray();
    }

    private static NDArray array(NDManager scope, double[] values, DataType type) {
        return scope.create(values, new Shape(CHANNELS, 1, 2, 2)).toType(type, false);
    }

    private static double[] values(int seed) {
        Random random = new Random(seed);
        double[] values = new double[CHANNELS * RATES.length];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }
}
