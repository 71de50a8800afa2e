package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.TrainableNetwork;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import io.deformux.worker.train.optimization.AdamW;
import io.deformux.worker.train.optimization.TrainingStep;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code net/tiny_train*}: losses, the gradients of the first step, and the parameters after one and three steps. The
 * tolerances are those of the fixtures' notes A and B.
 */
@Tag("parity")
class TrainingStepParityTest {
    private static final String WITHOUT_GRADIENT = "encoder1.layer.conv3.conv.weight";

    @Test
    void fromRandomWeights() {
        check("tiny_train", weights("tiny_weights"), 5e-3, 5e-2, 0.995, 0.90, 0.998);
    }

    @Test
    void withConstantFractionalOffsets() {
        float[] bias = Fixtures.npz("net/tiny_trainB_offset_bias.npz")
                .get("offset_bias")
                .floats();
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(weights("tiny_weights").tensors());
        tensors.replaceAll((name, tensor) -> {
            if (name.endsWith("conv_offset.weight")) {
                return new Tensor(tensor.shape(), new float[tensor.values().length]);
            }
            return name.endsWith("conv_offset.bias") ? new Tensor(tensor.shape(), bias) : tensor;
        });
        check("tiny_trainB", new Weights(tensors), 2e-3, 1e-2, 0.995, 0.97, 0.999);
    }

    private static void check(
            String name,
            Weights start,
            double gradientError,
            double tensorGradientError,
            double closeAfterOne,
            double closeAfterThree,
            double cosine) {
        NetworkSizes s = NetworkSizes.of(Fixtures.json("net/net.json").get("tiny"));
        DeformUxNetConfig config = new DeformUxNetConfig(
                s.inChannels(), s.outChannels(), s.featureSizes(), s.depths(), s.hidden(), s.offsetKernel());
        Npz batches = Fixtures.npz("net/tiny_train_batches.npz");
        List<Double> losses = new ArrayList<>();
        try (TrainableNetwork network = TrainableNetwork.of(config, start, Device.cpu());
                TrainingStep step = new TrainingStep(network, AdamW.Settings.of(1e-4, 0.01))) {
            losses.add(learn(network, step, batches, 0));
            assertGradients(network.gradients(), name, gradientError, tensorGradientError);
            step.update();
            assertParameters(network, start, name + "_after1", 2.1e-4, 1e-6, closeAfterOne, cosine);
            for (int batch = 1; batch < 3; batch++) {
                losses.add(learn(network, step, batches, batch));
                step.update();
            }
            assertParameters(network, start, name + "_after3", 6.3e-4, 1e-5, closeAfterThree, cosine);
        }
        assertLosses(losses, name);
    }

    private static double learn(TrainableNetwork network, TrainingStep step, Npz batches, int batch) {
        try (NDManager scope = network.newScope()) {
            Npz.NpyArray x = batches.get("x" + batch);
            NDArray images = scope.create(FloatBuffer.wrap(x.floats()), LossParityTest.shape(x), DataType.FLOAT32);
            return step.learn(images, LossParityTest.labels(scope, batches.get("y" + batch)))
                    .loss();
        }
    }

    private static void assertLosses(List<Double> losses, String name) {
        JsonNode expected = Fixtures.json("net/net.json").get(name).get("losses_float64");
        for (int n = 0; n < losses.size(); n++) {
            assertThat(losses.get(n)).as("loss %d", n).isCloseTo(expected.get(n).asDouble(), within(1e-4));
        }
    }

    private static void assertGradients(
            Map<String, NDArray> gradients, String name, double altogether, double perTensor) {
        Npz expected = Fixtures.npz("net/" + name + "_grad_step0.npz");
        assertThat(gradients.keySet())
                .containsExactlyElementsOf(expected.arrays().keySet());
        double error = 0;
        double size = 0;
        for (Map.Entry<String, NDArray> entry : gradients.entrySet()) {
            double[] wanted = expected.get(entry.getKey()).doubles();
            float[] actual = entry.getValue().toFloatArray();
            double tensorError = 0;
            double tensorSize = 0;
            for (int n = 0; n < wanted.length; n++) {
                tensorError += Math.pow(actual[n] - wanted[n], 2);
                tensorSize += wanted[n] * wanted[n];
            }
            entry.getValue().close();
            if (!entry.getKey().equals(WITHOUT_GRADIENT)) {
                assertThat(Math.sqrt(tensorError))
                        .as(entry.getKey())
                        .isLessThanOrEqualTo(perTensor * Math.sqrt(tensorSize));
                error += tensorError;
                size += tensorSize;
            }
        }
        assertThat(Math.sqrt(error / size)).as("all gradients").isLessThan(altogether);
    }

    private static void assertParameters(
            TrainableNetwork network,
            Weights start,
            String file,
            double all,
            double close,
            double closeShare,
            double cosine) {
        Npz expected = Fixtures.npz("net/" + file + ".npz");
        long closeEntries = 0;
        long entries = 0;
        double product = 0;
        double wantedNorm = 0;
        double actualNorm = 0;
        for (Map.Entry<String, NDArray> entry : network.parameters().entrySet()) {
            float[] before = start.get(entry.getKey()).values();
            float[] wanted = expected.get(entry.getKey()).floats();
            float[] actual = entry.getValue().toFloatArray();
            assertThatArray(actual).as(entry.getKey()).isCloseTo(wanted, all);
            for (int n = 0; n < wanted.length; n++) {
                closeEntries += Math.abs(actual[n] - wanted[n]) <= close ? 1 : 0;
                double wantedChange = (double) wanted[n] - before[n];
                double actualChange = (double) actual[n] - before[n];
                product += wantedChange * actualChange;
                wantedNorm += wantedChange * wantedChange;
                actualNorm += actualChange * actualChange;
            }
            entries += wanted.length;
        }
        assertThat((double) closeEntries / entries)
                .as("entries within %s", close)
                .isGreaterThan(closeShare);
        assertThat(product / Math.sqrt(wantedNorm * actualNorm))
                .as("cosine of the change")
                .isGreaterThan(cosine);
    }

    private static Weights weights(String file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Fixtures.npz("net/" + file + ".npz")
                .arrays()
                .forEach((name, array) -> tensors.put(name, new Tensor(array.shape(), array.floats())));
        return new Weights(tensors);
    }
}
