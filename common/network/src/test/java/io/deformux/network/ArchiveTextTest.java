package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of functions that reach files, in every way in which the language takes them. */
class ArchiveTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "torch.save(x, \"f\")",
                "torch.load(\"f\")",
                "torch.from_file(\"f\")",
                "torch.save (x, \"f\")",
                "torch . save(x, \"f\")",
                "(torch. # a comment\n save)(x, \"f\")",
                "torch.\\\n  save(x, \"f\")",
                "ops.aten.save(x, \"f\")",
                "ops . aten . from_file(\"f\")",
                "torch.autograd.save(x, \"f\")",
                "x.save(\"f\")",
                "s = torch.save\ns(x, \"f\")",
                "# \"\ntorch.save(x, \"f\")",
                "m = \"\"\"a\"\"\"; torch.save(x, 'f')",
                "m = '\\\\'; torch.save(x, 'f')",
            })
    void aFunctionThatReachesFilesIsNamed(String text) {
        assertThat(ArchiveText.reachingFiles(text).orElseThrow()).contains("which reaches files");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t = torch\nt.relu(x)",
                "getattr(torch, \"sa\\x76e\")(x, \"f\")",
                "a = ops.aten\na.relu(x)",
                "getattr(ops.aten, \"sa\" \"ve\")(x, \"f\")",
                "getattr(torch.autograd, \"sa\" \"ve\")(x, \"f\")",
                "o = ops",
            })
    void whatHidesTheFunctionIsRefused(String text) {
        assertThat(ArchiveText.reachingFiles(text).orElseThrow()).contains("without the name of a function");
    }

    /** As PyTorch writes archives. */
    @Test
    void whatNetworksCallIsTaken() {
        String text =
                """
                class Net(Module):
                  __parameters__ = ["weight", ]
                  training : bool
                  ops : __torch__.torch.nn.modules.container.ModuleList
                  loader : __torch__.torch.nn.modules.conv.___torch_mangle_3.Conv3d
                  def forward(self: __torch__.Net,
                    x: Tensor) -> Tensor:
                    saved = self.loader.weight
                    _0 = getattr(self.ops, "0")
                    ops.prim.RaiseException("\\"no torch tensor\\", see torch.load and ops")
                    _1 = ops.prim.NumToTensor(torch.size(x, 2))
                    _2 = torch.add_(torch.conv3d(x, saved, None, [1, 1, 1]), _1, alpha=1)
                    return torch.autograd.relu((_0).forward(_2, ))
                """;
        assertThat(ArchiveText.reachingFiles(text)).isEmpty();
    }
}
