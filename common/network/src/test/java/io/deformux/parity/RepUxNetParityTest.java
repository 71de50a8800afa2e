package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.architecture.repuxnet.RepUxNet;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import io.deformux.parity.Npz.NpyArray;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 3D RepUX-Net, and the rates of its taps against {@code repux_reparameterisation}. */
class RepUxNetParityTest extends ZooParity {
    private final JsonNode rates = Fixtures.json("zoo/zoo.json").get("repux_reparameterisation");
    private final Npz numbers = Fixtures.npz("zoo/" + rates.get("file").asText());
    private final Weights weights =
            NetworkCases.weights(Fixtures.npz("zoo/" + rates.get("weights").asText()));
    private final NetworkConfig config = config(rates.get("config"));

    RepUxNetParityTest() {
        super(
                "repux_net",
                RepUxNet.ARCHITECTURE,
                "in_chans",
                "out_chans",
                Map.of(
                        "feat_size", "featureSizes",
                        "depths", "depths",
                        "hidden_size", "hidden",
                        "ks", "kernel",
                        "a", "frequencyScaling"));
    }

    @Test
    void everyDepthwiseKernelAndNothingElseHasRatesThatFallWithTheDistance() {
        double tolerance = rates.at("/tolerance/bfm_abs").asDouble();
        assertThat(config.relativeRates()).hasSameSizeAs(rates.get("depthwise_weights"));
        rates.get("depthwise_weights")
                .forEach(name -> assertThatArray(rates(name.asText()).values())
                        .isCloseTo(numbers.get("bfm").floats(), (float) tolerance));
        NetworkConfig published = RepUxNet.ARCHITECTURE.configured(1, 2, NetworkSettings.NONE);
        assertThatArray(published.relativeRates().values().iterator().next().values())
                .isCloseTo(numbers.get("bfm_ks21_a1").floats(), (float) tolerance);
    }

    private Tensor rates(String name) {
        return config.relativeRates().get(name);
    }

    /** One product is the whole conversion of a kernel that was trained as a product; each pass of the published code is one more. */
    @Test
    void kernelsTimesRatesGiveTheConvertedNetwork() {
        compare("output_deploy", weights);
        Weights once = converted(weights);
        compare("output_pass1", once);
        compare("output_pass2", converted(once));
        double tolerance = rates.at("/tolerance/kernel_abs").asDouble();
        rates.get("depthwise_weights")
                .forEach(name -> assertThatArray(once.get(name.asText()).values())
                        .isCloseTo(numbers.get("pass1." + name.asText()).floats(), (float) tolerance));
    }

    private void compare(String expected, Weights weights) {
        Values actual = ZooRun.outputs(config, weights, numbers.get("input")).get(0);
        JsonNode start = rates.get("outputs_start");
        int[] from = {start.get(0).asInt(), start.get(1).asInt(), start.get(2).asInt()};
        assertThatArray(ZooRun.part(actual, from, rates.get("outputs_step").asInt()))
                .isCloseTo(
                        numbers.get(expected).doubles(),
                        rates.at("/tolerance/output_abs").asDouble());
    }

    private Weights converted(Weights weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.tensors());
        config.relativeRates().forEach((name, rates) -> tensors.put(name, scaled(weights.get(name), rates)));
        return new Weights(tensors);
    }

    private static Tensor scaled(Tensor tensor, Tensor rates) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= rates.values()[i % rates.values().length];
        }
        return new Tensor(tensor.shape(), values);
    }

    @Test
    void gradientsTimesRatesAreThoseThatThePaperTrainsBy() {
        Map<String, float[]> gradients = gradientsOfTheLoss();
        double tolerance = rates.at("/tolerance/gradient_relative_l2").asDouble();
        for (JsonNode one : rates.get("depthwise_weights")) {
            String name = one.asText();
            Tensor gradient = new Tensor(weights.get(name).shape(), gradients.get(name));
            assertThat(ZooRun.relativeDistance(
                            gradient.values(), numbers.get("grad." + name).doubles()))
                    .as(name)
                    .isLessThan(tolerance);
            assertThat(ZooRun.relativeDistance(
                            scaled(gradient, rates(name)).values(),
                            numbers.get("scaled_grad." + name).doubles()))
                    .as("scaled " + name)
                    .isLessThan(tolerance);
        }
    }

    /** Of the loss with the batch norms as after training, which the text is changed for. */
    private Map<String, float[]> gradientsOfTheLoss() {
        Map<String, String> text = new LinkedHashMap<>(config.methods());
        text.replaceAll((path, file) -> file.replace("self.training", "False"));
        TorchScriptProgram program = new TorchScriptProgram(config.modules(), text);
        NpyArray input = numbers.get("input");
        long[] shape = Arrays.stream(input.shape()).asLongStream().toArray();
        try (TorchScriptModule module = TorchScriptModule.of(program, weights, Device.cpu(), Precision.FP32, true);
                NDManager scope = module.newScope();
                GradientTape tape = new GradientTape()) {
            NDArray image = scope.create(FloatBuffer.wrap(input.floats()), new Shape(shape));
            NDArray logits = module.call("forward", new NDList(image), true).get(0);
            Values slope = DiceCrossEntropy.gradient(
                    ZooRun.values(logits), numbers.get("label").ints());
            float[] floats = new float[slope.values().length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) slope.values()[i];
            }
            tape.backward(logits.mul(scope.create(FloatBuffer.wrap(floats), logits.getShape()))
                    .sum());
            Map<String, float[]> gradients = new LinkedHashMap<>();
            for (Pair<String, Parameter> entry : module.block().getParameters()) {
                try (NDArray gradient = entry.getValue().getArray().getGradient()) {
                    gradients.put(entry.getValue().getName(), gradient.toFloatArray());
                }
            }
            return gradients;
        }
    }
}
