package io.deformux.network.gpu;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.weights.Precision;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of the kernels, compiled for the CPU, against the same in plain Java. */
class MapKernelsTest {
    private static final int N = 2;
    private static final int D = 3;
    private static final int H = 4;
    private static final int W = 5;
    private static final int VOXELS = D * H * W;

    @TempDir
    private static Path folder;

    private final Random random = new Random(5);
    private DeviceLayers layers;
    private NDManager scope;
    private MapKernels kernels;
    private MapKernels plain;

    @BeforeEach
    void open() {
        assumeTrue(HostLauncher.available(), "no C++ compiler");
        layers = new DeviceLayers(Device.cpu());
        scope = layers.newScope();
        kernels = new LaunchedKernels(new HostLauncher(folder), layers);
        plain = new PlainKernels(layers);
    }

    @AfterEach
    void close() {
        if (layers != null) {
            kernels.close();
            layers.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"FP32, 4", "FP32, 48", "BF16, 8", "BF16, 48", "BF16, 264"})
    void theDeformableConvolution(Precision precision, int c) {
        DeviceMap x = map(c, precision, 1);
        DeviceMap offset = offsets(precision);
        PtNDArray weight = values(new Shape(27, c));
        PtNDArray bias = values(new Shape(c));
        DeviceMap y = layers.blank(x, scope);
        DeviceMap expected = layers.blank(x, scope);
        kernels.deform(x, offset, weight, bias, y);
        plain.deform(x, offset, weight, bias, expected);
        assertAgree(y, expected);
    }

    @Test
    void numbersOfChannelsHaveKernelsOfTheirOwn() {
        for (int c : new int[] {8, 16, 8}) {
            theNormAndActivation(Precision.FP32, c, "normed");
            theEndOfABlock(Precision.FP32, c);
        }
    }

    @ParameterizedTest
    @CsvSource({"FP32, 4, none", "FP32, 48, normed", "FP32, 48, added", "BF16, 8, added", "BF16, 768, normed"})
    void theNormAndActivation(Precision precision, int c, String other) {
        DeviceMap y = map(c, precision, 5);
        DeviceMap copy = copied(y);
        Optional<DeviceMap> added = other.equals("none") ? Optional.empty() : Optional.of(map(c, precision, 2));
        kernels.activate(y, added, other.equals("normed"), scope);
        plain.activate(copy, added, other.equals("normed"), scope);
        assertAgree(y, copy);
    }

    @ParameterizedTest
    @CsvSource({"FP32, 4", "FP32, 48", "BF16, 8", "BF16, 264"})
    void theEndOfABlock(Precision precision, int c) {
        DeviceMap x = map(c, precision, 1);
        DeviceMap y = map(c, precision, 4);
        DeviceMap copy = copied(y);
        PtNDArray table = values(new Shape(13, c));
        kernels.blockEnd(y, x, table);
        plain.blockEnd(copy, x, table);
        assertAgree(y, copy);
    }

    private void assertAgree(DeviceMap actual, DeviceMap expected) {
        float[] values = layers.read(actual.array());
        boolean half = actual.precision() == Precision.BF16;
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isGreaterThan(0.5f);
        assertThatArray(values).isCloseTo(layers.read(expected.array()), largest * (half ? 4e-3f : 1e-5f));
    }

    private DeviceMap copied(DeviceMap map) {
        DeviceMap copy = layers.blank(map, scope);
        layers.copy(layers.read(map.array()), copy);
        return copy;
    }

    private DeviceMap map(int c, Precision precision, float scale) {
        float[] values = new float[N * VOXELS * c];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * (float) random.nextGaussian() + (i % c) * 0.1f;
        }
        return new DeviceMap(layers.values(values, new Shape(N, D, H, W, c), precision, scope), precision);
    }

    /** On the grid, between voxels, far outside, and some that are no numbers. */
    private DeviceMap offsets(Precision precision) {
        float[] values = new float[N * VOXELS * 81];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (i % 7) {
                case 0 -> random.nextInt(9) - 4;
                case 1 -> i % 5 == 0 ? 1e6f : 0;
                case 2 -> i % 11 == 0 ? Float.NaN : 0.5f;
                default -> (float) random.nextGaussian();
            };
        }
        return new DeviceMap(layers.values(values, new Shape(N, D, H, W, 81), precision, scope), precision);
    }

    private PtNDArray values(Shape shape) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return layers.values(values, shape, Precision.FP32, scope);
    }
}
