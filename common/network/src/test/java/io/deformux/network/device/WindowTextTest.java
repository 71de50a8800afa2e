package io.deformux.network.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.failure.JobException;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A device is asked for no value while windows are added, mirrored and fetched, so none of it waits: all of it can be done with
 * tensors that have none (PyTorch's device "meta").
 */
class WindowTextTest {
    private static final String WITHOUT_VALUES =
            """
            class Asked(Module):
              def forward(self, x: Tensor) -> Tensor:
                meta = torch.device("meta")
                slab = torch.zeros([4, 6, 7], dtype=6, device=meta)
                sums = torch.zeros([4, 6, 6, 7], dtype=6, device=meta)
                covers = torch.zeros([4, 1, 6, 7], dtype=6, device=meta)
                finite = torch.ones([2], dtype=6, device=meta)
                profile = torch.ones([4, 3, 3], dtype=6, device=meta)
                places = torch.to(torch.reshape(torch.arange(6), [2, 3]) % 3, 4)
                windows = self.windows.cut(slab, places, torch.tensor([4, 3, 3]))
                axes = torch.tensor([5])
                mirrored = self.windows.mirror(windows, axes)
                logits = torch.expand(mirrored, [2, 3, 4, 3, 3])
                mean = torch.zeros([2, 3, 4, 3, 3], dtype=6, device=meta)
                _a = self.windows.add_mirrored(mean, logits, axes)
                logits = self.windows.logarithms(mean)
                for member in range(2):
                  numbers = torch.tensor([9, member])
                  _b = self.windows.add(sums, covers, finite, logits, profile, places, numbers)
                to = torch.zeros([2, 4, 6, 7], dtype=6, device=meta)
                _c = self.windows.fetch(sums, covers, finite, to, torch.zeros_like(finite), torch.tensor([1, 1000]))
                return x
            """;

    private static final String WITH_ONE =
            """
            class Asked(Module):
              def forward(self, x: Tensor) -> Tensor:
                values = torch.zeros([4], dtype=6, device=torch.device("meta"))
                return x + float(torch.select(values, 0, 1))
            """;

    @Test
    void noMethodAsksTheDeviceForAValue() {
        assertThat(ask(WITHOUT_VALUES)).isEqualTo(7);
    }

    @Test
    void whatAsksForOneIsFound() {
        assertThatExceptionOfType(JobException.class).isThrownBy(() -> ask(WITH_ONE));
    }

    private static float ask(String text) {
        ModuleTree windows = new ModuleTree("__torch__.deformux.windows_on_device.Windows", Map.of());
        ModuleTree root = new ModuleTree(
                "__torch__.deformux.asked.Asked", Map.of(), Map.of(), Map.of(), Map.of("windows", windows));
        TorchScriptProgram program = new TorchScriptProgram(
                root,
                Map.of(
                        SourceText.FOLDER + "asked.py",
                        text,
                        SourceText.FOLDER + "windows_on_device.py",
                        SourceText.of(WindowMethods.class, "windows.py")
                                // Three that PyTorch has not got for that device; none asks for a value.
                                .replace("torch.flip(x, reversed)", "x")
                                .replace("torch.isfinite(logits)", "torch.eq(logits, logits)")
                                .replace("torch.where(torch.eq(cover, 0), background,", "torch.add(background,")));
        try (TorchScriptModule module =
                        TorchScriptModule.of(program, new Weights(Map.of()), Device.cpu(), Precision.FP32, false);
                NDManager scope = module.newScope()) {
            return module.call("forward", new NDList(scope.create(new float[] {7}, new Shape(1))), false)
                    .singletonOrThrow()
                    .toFloatArray()[0];
        }
    }
}
