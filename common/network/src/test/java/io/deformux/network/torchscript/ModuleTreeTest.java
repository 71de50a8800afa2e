package io.deformux.network.torchscript;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a tree holds is what PyTorch finds in an archive: parameters, buffers, attributes, and classes for all of them. */
class ModuleTreeTest {
    private static final String PLACE = "__torch__.probe.";
    private static final Map<String, String> METHODS = Map.of(
            "code/__torch__/probe.py",
            """
            class Scale(Module):
              def forward(self, x: Tensor) -> Tensor:
                return x * self.weight


            class Pick(Module):
              def forward(self, x: Tensor) -> Tensor:
                picked = torch.index_select(x - self.mean, 0, self.table)
                return picked + self.shift


            class Outer(Module):
              def forward(self, x: Tensor) -> Tensor:
                y = self.steps.forward(x)
                return (getattr(self.pair, "0")).forward(y) + (getattr(self.pair, "1")).forward(y)
            """);

    @Test
    void pytorchSeesWhatTheTreeHolds() {
        ModuleTree pick =
                new ModuleTree(PLACE + "Pick", Map.of(), buffers(), Map.of("shift", ModuleAttribute.of(100)), Map.of());
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("steps", ModuleTree.sequence(List.of(scale(2), pick, scale(3))));
        children.put("pair", ModuleTree.holder(List.of(scale(10), ModuleTree.sequence(List.of()))));
        ModuleTree root = new ModuleTree(PLACE + "Outer", children);

        // (1, 2, 4) times 2, less 1, turned round, plus 100, times 3; then 10 of that and that once more.
        assertThatArray(run(root, root.randomWeights(1), 1, 2, 4))
                .isEqualTo(new float[] {11 * 321, 11 * 309, 11 * 303});
    }

    @Test
    void theWeightsAreParametersAndRunningBuffersOwnOnesFirst() {
        ModuleTree inner = new ModuleTree(
                PLACE + "Pick", Map.of("weight", parameter(4)), buffers(), Map.of(), Map.of("below", scale(1)));
        ModuleTree root = ModuleTree.holder(Map.of("inner", inner));

        assertThat(root.shapes().keySet()).containsExactly("inner.weight", "inner.mean", "inner.below.weight");
        assertThat(root.count()).isEqualTo(2);
        assertThatArray(root.randomWeights(1).get("inner.mean").values()).isEqualTo(new float[] {1});
    }

    @Test
    void runningBuffersAreWhatTheWeightsSay() {
        ModuleTree pick =
                new ModuleTree(PLACE + "Pick", Map.of(), buffers(), Map.of("shift", ModuleAttribute.of(0)), Map.of());
        Weights weights = new Weights(Map.of("mean", new Tensor(new int[] {1}, new float[] {7})));

        assertThatArray(run(pick, weights, 1, 2, 4)).isEqualTo(new float[] {-3, -5, -6});
    }

    @Test
    void aKindOfWhichNoTextSpeaksIsRefused() {
        ModuleTree root = new ModuleTree(PLACE + "Unheard", Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModuleClasses(root).text(METHODS))
                .withMessageContaining("probe.Unheard");
    }

    @Test
    void modulesOfOneKindThatHoldTheSameShareAClass() {
        ModuleTree root = ModuleTree.holder(List.of(
                ModuleTree.sequence(List.of(scale(1))),
                ModuleTree.sequence(List.of(scale(2))),
                ModuleTree.sequence(List.of(scale(3), scale(4)))));
        ModuleClasses classes = new ModuleClasses(root);

        assertThat(root.children().values().stream().map(classes::type))
                .containsExactly(ModuleTree.SEQUENCE, ModuleTree.SEQUENCE, ModuleTree.SEQUENCE + "_1");
    }

    @Test
    void aPathIsOfOneModuleAndNotOfAnotherThatIsAlike() {
        ModuleTree first = scale(1);
        ModuleTree second = scale(1);
        ModuleTree root = ModuleTree.holder(List.of(ModuleTree.holder(List.of(first, second))));
        ModulePaths paths = new ModulePaths(root);

        assertThat(paths.of(first)).isEqualTo("0.0");
        assertThat(paths.of(second, "weight")).isEqualTo("0.1.weight");
        assertThatIllegalArgumentException().isThrownBy(() -> paths.of(scale(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> paths.of(first, "bias"));
    }

    private static Map<String, ModuleBuffer> buffers() {
        Map<String, ModuleBuffer> buffers = new LinkedHashMap<>();
        buffers.put("mean", new ModuleBuffer.Running(new int[] {1}, 1));
        buffers.put("table", new ModuleBuffer.Table(new int[] {3}, new long[] {2, 1, 0}));
        return buffers;
    }

    private static ModuleTree scale(float factor) {
        return new ModuleTree(PLACE + "Scale", Map.of("weight", parameter(factor)), Map.of());
    }

    private static ModuleParameter parameter(float value) {
        return new ModuleParameter(new int[] {1}, new Initial.Constant(value));
    }

    private static float[] run(ModuleTree root, Weights weights, float... x) {
        TorchScriptProgram program = new TorchScriptProgram(root, METHODS);
        try (TorchScriptModule module = TorchScriptModule.of(program, weights, Device.cpu(), Precision.FP32, false);
                NDManager scope = module.newScope();
                NDArray y = module.call("forward", new NDList(scope.create(x)), false)
                        .singletonOrThrow()) {
            return y.toFloatArray();
        }
    }
}
