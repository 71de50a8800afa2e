package io.deformux.network.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.MapView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proof sees every lie that a layer tells in all voxels of a channel, and none where there is none. */
class ArithmeticProofTest {
    private static final long SEED = 5;

    @ParameterizedTest
    @CsvSource({"1,5,7,2,3", "8,16,3,1,1", "3,81,3,1,1", "48,96,2,2,0", "96,48,1,1,0"})
    void aRightLayerPasses(int inputs, int outputs, int size, int stride, int padding) {
        ProofReport report = proof(convolution(inputs, outputs, size, stride, padding), y -> {});

        assertThat(report.passed()).isTrue();
        assertThat(report.layers()).isEqualTo(1);
        // Values are rounded to float once.
        assertThat(report.worst()).isBetween(0.0, 1.2e-7);
    }

    @Test
    void oneWrongChannelOf96IsSeen() {
        ProofReport report = proof(convolution(8, 96, 3, 1, 1), y -> {
            for (int voxel = 0; voxel < y.voxels(); voxel++) {
                put(y, voxel * 96 + 41, y.value(voxel * 96 + 41) * 1.01f);
            }
        });

        assertThat(report.passed()).isFalse();
        assertThat(report.worst()).isBetween(0.001, 0.0101);
        assertThat(report.faults()).singleElement().asString().startsWith("layer (8 to 96 channels, 3^3, at ");
    }

    @Test
    void aCornerThatIsWrongIsSeen() {
        ProofReport report = proof(convolution(4, 8, 3, 1, 1), y -> put(y, y.voxels() * 8 - 1, 100));

        assertThat(report.passed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void aValueThatIsNoNumberIsAnInfiniteError(float value) {
        ProofReport report = proof(convolution(4, 8, 3, 1, 1), y -> put(y, 3, value));

        assertThat(report.passed()).isFalse();
        assertThat(report.worst()).isInfinite();
    }

    @Test
    void zerosThatShouldBeZerosPassAndOthersDoNot() {
        DenseConvolution none = new DenseConvolution("layer", new float[8 * 27 * 4], new float[0], 8, 4, 3, 1, 1);

        assertThat(proof(none, y -> {}).passed()).isTrue();
        assertThat(proof(none, y -> put(y, 0, 1e-30f)).passed()).isFalse();
    }

    @Test
    void logitsMustBeFinite() {
        ArithmeticProof proof = new ArithmeticProof(Tolerance.FP32, SEED);
        DenseConvolution c = convolution(1, 8, 1, 1, 0);
        MapView x = noise(4, 4, 4, 1);
        proof.check(c, x, plain(c, x));
        proof.logits(FloatBuffer.wrap(new float[] {1, 2, Float.NaN}));

        assertThat(proof.report().passed()).isFalse();
        assertThat(proof.report().faults()).containsExactly("the output is not finite");
    }

    @Test
    void aProofOfNothingIsNone() {
        assertThat(new ArithmeticProof(Tolerance.FP32, SEED).report().passed()).isFalse();
    }

    private static ProofReport proof(DenseConvolution c, Consumer<MapView> lie) {
        MapView x = noise(6, 8, 10, c.inputs());
        MapView y = plain(c, x);
        lie.accept(y);
        ArithmeticProof proof = new ArithmeticProof(Tolerance.FP32, SEED);
        proof.check(c, x, y);
        return proof.report();
    }

    private static DenseConvolution convolution(int inputs, int outputs, int size, int stride, int padding) {
        Random random = new Random(7);
        float[] weight = new float[outputs * size * size * size * inputs];
        float[] bias = new float[outputs];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = random.nextFloat() - 0.5f;
        }
        for (int i = 0; i < bias.length; i++) {
            bias[i] = random.nextFloat() - 0.5f;
        }
        return DenseConvolution.of(
                "layer", weight, bias, new int[] {outputs, inputs, size, size, size}, stride, padding);
    }

    private static MapView noise(int d, int h, int w, int c) {
        Random random = new Random(3);
        MapView map = map(d, h, w, c);
        for (int i = 0; i < d * h * w * c; i++) {
            put(map, i, random.nextFloat() - 0.3f);
        }
        return map;
    }

    private static MapView map(int d, int h, int w, int c) {
        return new MapView(
                ByteBuffer.allocateDirect(4 * d * h * w * c).order(ByteOrder.nativeOrder()), false, d, h, w, c);
    }

    private static void put(MapView map, int index, float value) {
        map.bytes().putFloat(4 * index, value);
    }

    /** The textbook's loops, weights as PyTorch stores them. */
    private static MapView plain(DenseConvolution c, MapView x) {
        MapView y = map(c.voxels(x.d()), c.voxels(x.h()), c.voxels(x.w()), c.outputs());
        float[] weight = c.inputsFirst();
        int k = c.size();
        for (int o = 0; o < c.outputs(); o++) {
            for (int voxel = 0; voxel < y.voxels(); voxel++) {
                double sum = c.bias().length == 0 ? 0 : c.bias()[o];
                for (int i = 0; i < c.inputs(); i++) {
                    for (int tap = 0; tap < k * k * k; tap++) {
                        int d = voxel / (y.h() * y.w()) * c.stride() - c.padding() + tap / (k * k);
                        int h = voxel / y.w() % y.h() * c.stride() - c.padding() + tap / k % k;
                        int w = voxel % y.w() * c.stride() - c.padding() + tap % k;
                        if (d >= 0 && d < x.d() && h >= 0 && h < x.h() && w >= 0 && w < x.w()) {
                            sum += (double) weight[(o * c.inputs() + i) * k * k * k + tap]
                                    * x.value(((d * x.h() + h) * x.w() + w) * x.c() + i);
                        }
                    }
                }
                put(y, voxel * c.outputs() + o, (float) sum);
            }
        }
        return y;
    }
}
