package io.deformux.network.architecture.nnunet;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The names of nnU-Net's version 2, for which there are no fixtures: the arithmetic is that of version 1. */
class PlainConvUNetTest {
    private static final NetworkSettings SMALL = NetworkSettings.NONE
            .with("features", List.of(4, 6, 8))
            .with("strides", List.of(List.of(1, 1, 1), List.of(1, 2, 2), List.of(2, 2, 2)));
    private static final NnUNetConfig PLAIN = config("plain-conv-unet", SMALL);

    private static NnUNetConfig config(String implementation, NetworkSettings settings) {
        return NnUNet.ARCHITECTURE.configured(2, 3, settings.with("implementation", implementation));
    }

    @Test
    void hasTheNamesOfAStateDict() {
        assertThat(PLAIN.modules().shapes().keySet())
                .startsWith(
                        "encoder.stages.0.0.convs.0.conv.weight",
                        "encoder.stages.0.0.convs.0.conv.bias",
                        "encoder.stages.0.0.convs.0.norm.weight",
                        "encoder.stages.0.0.convs.0.norm.bias",
                        "encoder.stages.0.0.convs.1.conv.weight")
                .containsSubsequence(
                        "encoder.stages.2.0.convs.1.norm.bias",
                        "decoder.stages.0.convs.0.conv.weight",
                        "decoder.stages.1.convs.1.norm.bias",
                        "decoder.transpconvs.0.weight",
                        "decoder.transpconvs.1.bias",
                        "decoder.seg_layers.0.weight")
                .endsWith("decoder.seg_layers.1.weight", "decoder.seg_layers.1.bias");
    }

    @Test
    void theDecoderHasTheKernelsOfItsOwnLevel() {
        NetworkSettings flat = SMALL.with("kernels", List.of(List.of(1, 3, 3), List.of(3, 3, 3), List.of(3, 3, 3)));
        assertThatArray(config("plain-conv-unet", flat).modules().shapes().get("decoder.stages.1.convs.0.conv.weight"))
                .isEqualTo(new int[] {4, 8, 1, 3, 3});
        assertThatArray(config("generic-unet", flat)
                        .modules()
                        .shapes()
                        .get("conv_blocks_localization.1.0.blocks.0.conv.weight"))
                .isEqualTo(new int[] {4, 8, 3, 3, 3});
    }

    @Test
    void isToldFromItsWeightsWhichAreImportedOnce() {
        VersionTwoStateDict.assertImported(PLAIN);
    }

    @Test
    void computesWhatVersionOneDoesWithTheSameWeights() {
        NnUNetConfig generic = config("generic-unet", SMALL);
        Weights weights = generic.modules().randomWeights(2);
        Map<String, Tensor> renamed =
                new LinkedHashMap<>(PLAIN.modules().randomWeights(3).tensors());
        renamed.replaceAll((name, tensor) -> name.matches("decoder.(transpconvs|seg_layers).*bias")
                ? new Tensor(tensor.shape(), new float[tensor.values().length])
                : weights.get(versionOne(name)));
        float[] expected = logits(generic, weights);
        assertThatArray(logits(PLAIN, new Weights(renamed))).isEqualTo(expected);
        assertThat(expected[0]).isNotZero();
    }

    private static String versionOne(String name) {
        return name.replace("decoder.transpconvs.", "tu.")
                .replace("decoder.seg_layers.", "seg_outputs.")
                .replaceFirst("decoder.stages.(\\d).convs.(\\d).", "conv_blocks_localization.$1.$2.blocks.0.")
                .replaceFirst("encoder.stages.2.0.convs.(\\d).", "conv_blocks_context.2.$1.blocks.0.")
                .replaceFirst("encoder.stages.(\\d).0.convs.(\\d).", "conv_blocks_context.$1.blocks.$2.")
                .replace(".norm.", ".instnorm.");
    }

    private static float[] logits(NnUNetConfig config, Weights weights) {
        Random random = new Random(4);
        FloatBuffer image = FloatBuffer.allocate(2 * 8 * 16 * 8);
        while (image.hasRemaining()) {
            image.put(random.nextFloat());
        }
        try (TorchScriptModule module =
                        TorchScriptModule.of(config.program(), weights, Device.cpu(), Precision.FP32, false);
                NDManager scope = module.newScope()) {
            NDArray x = scope.create(image.flip(), new Shape(1, 2, 8, 16, 8));
            return module.call("forward", new NDList(x), false).get(0).toFloatArray();
        }
    }
}
