package io.deformux.network.torchscript;

import static io.deformux.network.architecture.deformux.TinyNetwork.TINY;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.proof.Noise;
import io.deformux.network.weights.Precision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that convolves slab by slab computes what it does at once, however small the slabs. */
class SlabSourceTest {
    private static final Shape IMAGES = new Shape(2, 1, 32, 16, 48);
    private static final int VALUES = 2 * 32 * 16 * 48;

    /** Single rows everywhere; rows of the large maps and planes of the small ones; two slabs of the largest map alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20_000, 1_000_000})
    void slabsGiveWhatTheWholeMapGives(int buffer) {
        List<float[]> whole = run(TINY.program());
        List<float[]> slabs = run(TINY.program().inSlabs(buffer));

        assertThat(slabs).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertThatArray(slabs.get(i)).isCloseTo(whole.get(i), 2e-4f * largest(whole.get(i)));
        }
    }

    @Test
    void noConvolutionIsLeftThatIsNotInSlabs() {
        SlabSource.of(TINY.methods(), SlabSource.BUFFER).forEach((path, text) -> {
            if (!path.endsWith("slabs.py")) {
                assertThat(text).doesNotContain("torch.conv3d(", "torch.conv_transpose3d(");
            }
        });
    }

    /** Logits, then the gradient of each parameter for a sum of their squares. */
    private static List<float[]> run(TorchScriptProgram program) {
        List<float[]> results = new ArrayList<>();
        try (TorchScriptModule module = TorchScriptModule.of(
                        program, LivelyWeights.random(TINY, 4), Device.cpu(), Precision.FP32, true);
                NDManager scope = module.newScope();
                GradientTape tape = new GradientTape()) {
            NDArray images = scope.create(Noise.of(VALUES, 5), IMAGES, DataType.FLOAT32);
            NDArray logits = module.call("forward", new NDList(images), true).singletonOrThrow();
            results.add(logits.toFloatArray());
            tape.backward(logits.mul(logits).mean());
            for (Pair<String, Parameter> entry : module.block().getParameters()) {
                results.add(entry.getValue().getArray().getGradient().toFloatArray());
            }
        }
        return results;
    }

    private static float largest(float[] values) {
        float largest = 1e-6f;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
