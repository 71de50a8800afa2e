package io.deformux.standalone.bench;

import io.deformux.network.architecture.deformux.TorchDeformableConvolution;
import io.deformux.network.architecture.deformux.TorchDeformableConvolution.Form;
import io.deformux.network.kernel.DeformablePass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;

/** The deformable convolution of the published network's first stage, against the same through PyTorch. */
public final class OperatorBench {
    private static final String PART = "deformable operator";
    private static final int RUNS = 15;
    private static final int SLOW_RUNS = 3;

    private final int channels;
    private final int size;

    /** The operator on {@code size}³ voxels; the published network has 48 channels at 48³. */
    public OperatorBench(int channels, int size) {
        this.channels = channels;
        this.size = size;
    }

    /** Measures. */
    public List<Figure> run() {
        int voxels = size * size * size;
        Random random = new Random(1);
        float[] x = values(random, channels * voxels, 1);
        float[] offset = values(random, DeformablePass.OFFSETS * voxels, 2);
        float[] weight = values(random, 27 * channels, 1);
        float[] bias = values(random, channels, 1);

        Kernels kernels = Kernels.best();
        MapView result = blank(channels);
        double fast = time(RUNS, kernels, x, offset, weight, bias, result);
        double plain = time(SLOW_RUNS, Kernels.plain(), x, offset, weight, bias, blank(channels));
        double script = time(Form.MODEL, x, offset, weight, bias, result);
        double gridSample = time(Form.GRID_SAMPLE, x, offset, weight, bias, result);
        String what = channels + " channels, " + size + "^3: " + kernels.name() + " against ";
        return List.of(
                new Figure(PART, what + "grid_sample", gridSample / fast, "x"),
                new Figure(PART, what + "the model's TorchScript", script / fast, "x"),
                new Figure(PART, what + "plain loops", plain / fast, "x"),
                new Figure(PART, "kernel", fast, "ms"),
                new Figure(PART, "grid_sample", gridSample, "ms"));
    }

    private double time(
            int runs, Kernels kernels, float[] x, float[] offset, float[] weight, float[] bias, MapView result) {
        MapView map = map(x, channels, kernels);
        MapView offsets = map(offset, DeformablePass.OFFSETS, kernels);
        DeformablePass convolution = new DeformablePass(kernels, weight, bias);
        return Stopwatch.median(runs, () -> convolution.apply(map, offsets, result));
    }

    private double time(Form form, float[] x, float[] offset, float[] weight, float[] bias, MapView expected) {
        try (TorchDeformableConvolution operator =
                new TorchDeformableConvolution(form, x, offset, weight, bias, size, size, size)) {
            requireAlike(operator.result(), expected);
            return Stopwatch.median(SLOW_RUNS, operator::run);
        }
    }

    /** A comparison is worth nothing if the two compute different things. */
    private static void requireAlike(float[] actual, MapView expected) {
        FloatBuffer values = expected.bytes().order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (int i = 0; i < actual.length; i++) {
            if (Math.abs(actual[i] - values.get(i)) > 1e-3) {
                throw new IllegalStateException(
                        "two forms of the operator differ: " + actual[i] + " and " + values.get(i) + " at value " + i);
            }
        }
    }

    private MapView map(float[] planar, int c, Kernels kernels) {
        MapView map = blank(c);
        map.setPlanar(FloatBuffer.wrap(planar), kernels);
        return map;
    }

    private MapView blank(int c) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size * size * size * c * Float.BYTES);
        return new MapView(bytes, false, size, size, size, c);
    }

    private static float[] values(Random random, int n, float reach) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = reach * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
