package io.deformux.network.torchscript;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What modules compute differently while they are trained, and what they gather meanwhile. */
class TrainingModeTest {
    private static final String TEXT =
            """
            class Norm(Module):
              def forward(self, x: Tensor) -> Tensor:
                return torch.batch_norm(x, self.weight, self.bias, self.running_mean, self.running_var, self.training, 0.1, 1e-5, False)


            class Net(Module):
              def forward(self, x: Tensor) -> Tensor:
                return torch.dropout((getattr(self.layers, "0")).forward(x), 0.5, self.training)
            """;

    private static final TorchScriptProgram NETWORK = network();

    private static TorchScriptProgram network() {
        Map<String, ModuleParameter> learned = new LinkedHashMap<>();
        learned.put("weight", new ModuleParameter(new int[] {2}, new Initial.Constant(1)));
        learned.put("bias", new ModuleParameter(new int[] {2}, new Initial.Constant(0)));
        Map<String, ModuleBuffer> running = new LinkedHashMap<>();
        running.put("running_mean", new ModuleBuffer.Running(new int[] {2}, 0));
        running.put("running_var", new ModuleBuffer.Running(new int[] {2}, 1));
        running.put("steps", new ModuleBuffer.Table(new int[] {1}, new long[1]));
        ModuleTree norm = new ModuleTree("__torch__.test.Norm", learned, running, Map.of(), Map.of());
        ModuleTree layers = ModuleTree.holder(List.of(norm));
        return new TorchScriptProgram(
                new ModuleTree("__torch__.test.Net", Map.of("layers", layers)), Map.of("code/__torch__/test.py", TEXT));
    }

    @Test
    void whatTrainingGathersIsPartOfTheWeightsAndTablesAreNot() {
        assertThat(NETWORK.root().running()).containsExactly("layers.0.running_mean", "layers.0.running_var");
        assertThat(NETWORK.root().shapes().keySet())
                .containsExactly("layers.0.weight", "layers.0.bias", "layers.0.running_mean", "layers.0.running_var");
    }

    @Test
    void aModulePredictsUntilItIsTrainedAndAgainAfterwards() {
        float[] values = {1, 3, 5, 7};
        try (TorchScriptModule module = load();
                NDManager scope = module.newScope()) {
            NDArray x = scope.create(FloatBuffer.wrap(values), new Shape(2, 2, 1, 1, 1));
            assertThatArray(run(module, x, false)).isCloseTo(values, 1e-4f);
            assertThatArray(module.weights(NETWORK.root())
                            .get("layers.0.running_mean")
                            .values())
                    .containsExactly(0, 0);

            // Mean 3 and 5 of each channel, variance 4 (unbiased 8); dropout doubles what it keeps.
            for (float value : run(module, x, true)) {
                assertThat(Math.abs(value)).satisfiesAnyOf(v -> assertThat(v).isZero(), v -> assertThat(v)
                        .isCloseTo(2, within(1e-3f)));
            }
            Weights gathered = module.weights(NETWORK.root());
            assertThatArray(gathered.get("layers.0.running_mean").values()).isCloseTo(new float[] {0.3f, 0.5f}, 1e-6f);
            assertThatArray(gathered.get("layers.0.running_var").values()).isCloseTo(new float[] {1.7f, 1.7f}, 1e-6f);

            float scale = (float) (1 / Math.sqrt(1.7 + 1e-5));
            assertThatArray(run(module, x, false))
                    .isCloseTo(new float[] {0.7f * scale, 2.5f * scale, 4.7f * scale, 6.5f * scale}, 1e-4f);
        }
    }

    private static float[] run(TorchScriptModule module, NDArray x, boolean training) {
        return module.call("forward", new NDList(x), training).get(0).toFloatArray();
    }

    private static TorchScriptModule load() {
        return TorchScriptModule.of(NETWORK, NETWORK.root().randomWeights(1), Device.cpu(), Precision.FP32, true);
    }
}
