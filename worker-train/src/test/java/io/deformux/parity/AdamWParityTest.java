package io.deformux.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.worker.train.optimization.AdamW;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** {@code optim/}: parameters after every step, in float32 and float64. */
@Tag("parity")
class AdamWParityTest {

    @TestFactory
    Stream<DynamicTest> everyStep() {
        Npz npz = Fixtures.npz("optim/adamw.npz");
        return npz.arrays().keySet().stream()
                .filter(name -> name.contains("_float"))
                .map(name -> DynamicTest.dynamicTest(name, () -> check(npz, name)));
    }

    private static void check(Npz npz, String name) {
        // The name says the learning rate, as in lr3e-3_float32.
        double rate = Double.parseDouble(name.replaceFirst(".*lr([0-9.e+-]+)_float.*", "$1"));
        DataType type = name.endsWith("64") ? DataType.FLOAT64 : DataType.FLOAT32;
        double[] gradients = npz.get("grads").doubles();
        double[] expected = npz.get(name).doubles();
        int n = npz.get("p0").size();
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            NDArray w = scope.create(npz.get("p0").doubles()).toType(type, false);
            AdamW optimizer = new AdamW(AdamW.Settings.of(rate, 0.01), scope, Map.of("w", w));
            for (int step = 0; step < expected.length / n; step++) {
                NDArray g = scope.create(Arrays.copyOfRange(gradients, step * n, (step + 1) * n))
                        .toType(type, false);
                optimizer.step(Map.of("w", g));
                double[] actual = w.toType(DataType.FLOAT64, false).toDoubleArray();
                for (int i = 0; i < n; i++) {
                    double e = expected[step * n + i];
                    double tolerance = type == DataType.FLOAT64 ? 1e-12 * Math.abs(e) : 2e-6 * Math.abs(e) + 1e-9;
                    assertThat(actual[i]).as("step %d, entry %d", step, i).isCloseTo(e, within(tolerance));
                }
            }
        }
    }
}
