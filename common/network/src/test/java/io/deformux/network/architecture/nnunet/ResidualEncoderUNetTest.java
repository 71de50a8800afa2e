package io.deformux.network.architecture.nnunet;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.network.architecture.NetworkSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The residual encoder of nnU-Net's version 2: which layers there are, and that a checkpoint of it is taken. */
class ResidualEncoderUNetTest {
    private static final NnUNetConfig CONFIG = NnUNet.ARCHITECTURE.configured(
            2,
            3,
            NetworkSettings.NONE
                    .with("implementation", "residual-encoder-unet")
                    .with("features", List.of(4, 4, 8))
                    .with("strides", List.of(List.of(1, 1, 1), List.of(1, 2, 2), List.of(1, 1, 1)))
                    .with("kernels", List.of(List.of(1, 3, 3), List.of(3, 3, 3), List.of(3, 3, 3)))
                    .with("blocks", List.of(1, 3, 2)));

    @Test
    void hasAsManyBlocksAndConvolutionsAsItsPlannerGivesIt() {
        NnUNetConfig published = NnUNet.ARCHITECTURE.configured(
                1, 3, NetworkSettings.NONE.with("implementation", "residual-encoder-unet"));
        assertThat(published.blocks()).containsExactly(1, 3, 4, 6, 6, 6);
        assertThat(published.decoderConvolutions()).containsExactly(1, 1, 1, 1, 1);
    }

    /** A shortcut projects only where channels change; where it averages before, the projection is the second of its layers. */
    @Test
    void hasTheNamesOfAStateDict() {
        Map<String, int[]> shapes = CONFIG.modules().shapes();
        assertThat(shapes.keySet())
                .startsWith(
                        "encoder.stem.convs.0.conv.weight",
                        "encoder.stem.convs.0.conv.bias",
                        "encoder.stem.convs.0.norm.weight",
                        "encoder.stem.convs.0.norm.bias",
                        "encoder.stages.0.blocks.0.conv1.conv.weight")
                .containsSubsequence(
                        "encoder.stages.2.blocks.0.conv2.norm.bias",
                        "encoder.stages.2.blocks.0.skip.0.conv.weight",
                        "encoder.stages.2.blocks.0.skip.0.norm.weight",
                        "encoder.stages.2.blocks.0.skip.0.norm.bias",
                        "encoder.stages.2.blocks.1.conv1.conv.weight",
                        "decoder.stages.0.convs.0.conv.weight",
                        "decoder.stages.1.convs.0.conv.weight",
                        "decoder.transpconvs.0.weight",
                        "decoder.seg_layers.1.bias")
                .noneMatch(
                        name -> name.contains("skip.0.conv.bias") || name.startsWith("encoder.stages.1.blocks.0.skip"));
        assertThatArray(shapes.get("encoder.stages.1.blocks.0.conv1.conv.weight"))
                .isEqualTo(new int[] {4, 4, 3, 3, 3});
        NnUNetConfig growing =
                NnUNet.ARCHITECTURE.configured(2, 3, CONFIG.settings().with("features", List.of(4, 6, 8)));
        assertThatArray(growing.modules().shapes().get("encoder.stages.1.blocks.0.skip.1.conv.weight"))
                .isEqualTo(new int[] {6, 4, 1, 1, 1});
    }

    @Test
    void isToldFromItsWeightsWhichAreImportedOnce() {
        VersionTwoStateDict.assertImported(CONFIG);
    }
}
