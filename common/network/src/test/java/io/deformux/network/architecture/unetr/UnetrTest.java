package io.deformux.network.architecture.unetr;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.checkpoint.ConfiguredWeights;
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

/** What the fixtures say nothing of: patches through a convolution, and sizes that do not fit. */
class UnetrTest {
    private static final int PATCH = UnetrConfig.PATCH;
    private static final String PATCHES = "vit.patch_embedding.patch_embeddings.";

    @Test
    void patchesThroughAConvolutionAreThoseThroughALinearLayerOfTheSameWeights() {
        UnetrConfig convolved = config("conv");
        UnetrConfig linear = config("perceptron");
        Weights weights = convolved.modules().randomWeights(3);
        Map<String, Tensor> same = new LinkedHashMap<>(weights.tensors());
        same.put(PATCHES + "1.weight", channelsFastest(same.remove(PATCHES + "weight")));
        same.put(PATCHES + "1.bias", same.remove(PATCHES + "bias"));

        assertThatArray(run(linear, new Weights(same))).isCloseTo(run(convolved, weights), 1e-4f);
        assertThat(Unetr.ARCHITECTURE.configOf(weights, convolved.settings())).isEqualTo(convolved);
    }

    @Test
    void whatWeightsTellNeedNotBeGivenWithWhatTheyDoNot() {
        NetworkSettings untold =
                NetworkSettings.NONE.with("imageSize", List.of(16, 16, 16)).with("heads", 5);
        UnetrConfig narrow =
                configured(untold.with("featureSize", 4).with("hidden", 15).with("mlp", 8));
        Weights weights = narrow.modules().randomWeights(1);

        assertThat(ConfiguredWeights.of(Unetr.ARCHITECTURE, weights, untold).config())
                .isEqualTo(narrow);
        assertThatThrownBy(() -> ConfiguredWeights.of(Unetr.ARCHITECTURE, weights, untold.with("hidden", 25)))
                .hasMessageContaining("hidden is given as 25, but the weights say 15");
        assertThatThrownBy(() -> ConfiguredWeights.of(Unetr.ARCHITECTURE, weights, untold.with("colour", 1)))
                .hasMessageContaining("no setting colour");
    }

    @Test
    void itTakesOneImageSizeAlone() {
        UnetrConfig config = config("conv");
        config.requireSize(32, 16, 16);
        assertThatThrownBy(() -> config.requireSize(16, 32, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the network takes images of 32x16x16 alone, not 16x32x16");
    }

    @Test
    void anImageThatPatchesDoNotFillAndHeadsThatDoNotShareAreRefused() {
        assertThatThrownBy(() -> configured(NetworkSettings.NONE.with("imageSize", List.of(32, 24, 16))))
                .hasMessage("imageSize must be a multiple of 16, not 24");
        assertThatThrownBy(() -> configured(NetworkSettings.NONE.with("heads", 7)))
                .hasMessage("hidden must be a multiple of 7, not 768");
    }

    private static Tensor channelsFastest(Tensor convolution) {
        int outputs = convolution.shape()[0];
        int channels = convolution.shape()[1];
        int voxels = PATCH * PATCH * PATCH;
        float[] values = new float[convolution.values().length];
        for (int o = 0; o < outputs; o++) {
            for (int c = 0; c < channels; c++) {
                for (int v = 0; v < voxels; v++) {
                    values[(o * voxels + v) * channels + c] = convolution.values()[(o * channels + c) * voxels + v];
                }
            }
        }
        return new Tensor(new int[] {outputs, voxels * channels}, values);
    }

    private static UnetrConfig config(String patches) {
        return configured(NetworkSettings.NONE
                .with("imageSize", List.of(32, 16, 16))
                .with("featureSize", 4)
                .with("hidden", 12)
                .with("mlp", 16)
                .with("heads", 3)
                .with("patches", patches));
    }

    private static UnetrConfig configured(NetworkSettings settings) {
        return Unetr.ARCHITECTURE.configured(2, 3, settings);
    }

    private static float[] run(UnetrConfig config, Weights weights) {
        Random random = new Random(5);
        FloatBuffer image = FloatBuffer.allocate(2 * 32 * 16 * 16);
        while (image.hasRemaining()) {
            image.put(random.nextFloat());
        }
        try (TorchScriptModule module =
                        TorchScriptModule.of(config.program(), weights, Device.cpu(), Precision.FP32, false);
                NDManager scope = module.newScope()) {
            NDList images = new NDList(scope.create(image.flip(), new Shape(1, 2, 32, 16, 16)));
            return module.call("forward", images, false).get(0).toFloatArray();
        }
    }
}
