package io.deformux.network.architecture.blocks;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleAttribute;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Branches that training leaves out. */
class TransformerModulesTest {
    private static final int SAMPLES = 64;
    private static final String TEXT =
            """
            class Net(Module):
              def forward(self, x: Tensor) -> Tensor:
                return __torch__.deformux.transformer.branch(x * self.one, self.rate, self.training)
            """;

    @Test
    void trainingLeavesABranchOutForWholeSamplesAndMakesUpForItInTheOthers() {
        try (TorchScriptModule module = branch(0.75);
                NDManager scope = module.newScope()) {
            float[] values = run(module, scope, true);

            TreeSet<Float> seen = new TreeSet<>();
            for (int sample = 0; sample < SAMPLES; sample++) {
                float[] own = Arrays.copyOfRange(values, 6 * sample, 6 * sample + 6);
                seen.add(own[0]);
                assertThatArray(own).containsOnly(own[0]);
            }
            assertThat(seen).containsExactly(0f, 4f);
        }
    }

    @Test
    void predictionLeavesNothingOutAndTrainingNothingOfTheFirstBlock() {
        try (TorchScriptModule module = branch(0.75);
                TorchScriptModule first = branch(0);
                NDManager scope = module.newScope();
                NDManager firstScope = first.newScope()) {
            assertThatArray(run(module, scope, false)).containsOnly(1f);
            assertThatArray(run(first, firstScope, true)).containsOnly(1f);
        }
    }

    @Test
    void theRateRisesEvenlyFromNothingToTheMost() {
        List<Integer> depths = List.of(2, 1, 2);
        assertThat(List.of(0, 1, 2, 3, 4))
                .extracting(k -> TransformerModules.dropRate(0.5, k, depths))
                .containsExactly(0.0, 0.125, 0.25, 0.375, 0.5);
        assertThat(TransformerModules.dropRate(0.5, 0, List.of(1))).isZero();
    }

    private static float[] run(TorchScriptModule module, NDManager scope, boolean training) {
        NDArray x = scope.ones(new Shape(SAMPLES, 2, 3));
        return module.call("forward", new NDList(x), training).get(0).toFloatArray();
    }

    private static TorchScriptModule branch(double rate) {
        ModuleTree root = new ModuleTree(
                "__torch__.test.Net",
                Map.of("one", new ModuleParameter(new int[] {1}, new Initial.Constant(1))),
                Map.of(),
                Map.of("rate", ModuleAttribute.of(rate)),
                Map.of());
        Map<String, String> methods = TransformerModules.methods();
        methods.put("code/__torch__/test.py", TEXT);
        return TorchScriptModule.of(
                new TorchScriptProgram(root, methods), root.randomWeights(1), Device.cpu(), Precision.FP32, true);
    }
}
