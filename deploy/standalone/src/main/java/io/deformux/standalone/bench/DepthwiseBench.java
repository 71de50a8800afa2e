package io.deformux.standalone.bench;

import io.deformux.network.cpu.TorchDepthwiseConvolution;
import io.deformux.network.kernel.DepthwisePass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;
import io.deformux.network.weights.Precision;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The large depthwise convolutions of 3D UX-Net's and 3D RepUX-Net's first stage, against the same by PyTorch. */
public final class DepthwiseBench {
    private static final String PART = "depthwise convolution";
    private static final int RUNS = 7;
    private static final int SLOW_RUNS = 1;
    /** The kernels that are published. */
    private static final List<Integer> KERNELS = List.of(7, 21);

    private final int channels;
    private final int size;

    /** Convolutions of {@code size}³ voxels; the published networks have 48 channels at 48³. */
    public DepthwiseBench(int channels, int size) {
        this.channels = channels;
        this.size = size;
    }

    /** Measures both kernels. */
    public List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        KERNELS.forEach(k -> figures.addAll(run(k)));
        return figures;
    }

    private List<Figure> run(int k) {
        Random random = new Random(1);
        float[] values = values(random, channels * size * size * size, 1);
        float[] weight = values(random, channels * k * k * k, 1f / (k * k));
        float[] bias = values(random, channels, 1);
        DepthwisePass pass = new DepthwisePass(Kernels.best(), "bench", weight, bias, k);
        MapView x = blank();
        x.setPlanar(FloatBuffer.wrap(values), Kernels.best());
        MapView y = blank();
        double ours = Stopwatch.median(RUNS, () -> pass.apply(x, y));
        double theirs;
        try (TorchDepthwiseConvolution torch =
                new TorchDepthwiseConvolution(Precision.FP32, values, weight, bias, size, k)) {
            requireAlike(torch.result(), y);
            theirs = Stopwatch.median(SLOW_RUNS, torch::run);
        }
        String what = channels + " channels, " + size + "^3, " + k + "^3 taps: ";
        return List.of(
                new Figure(PART, what + Kernels.best().name() + " against PyTorch", theirs / ours, "x"),
                new Figure(PART, what + "kernel", ours, "ms"),
                new Figure(PART, what + "PyTorch", theirs, "ms"));
    }

    /** A comparison is worth nothing if the two compute different things. */
    private static void requireAlike(float[] planar, MapView last) {
        for (int i = 0; i < planar.length; i++) {
            float value = last.value(i % last.voxels() * last.c() + i / last.voxels());
            if (Math.abs(planar[i] - value) > 1e-3) {
                throw new IllegalStateException(
                        "two depthwise convolutions differ: " + planar[i] + " and " + value + " at value " + i);
            }
        }
    }

    private MapView blank() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size * size * size * channels * Float.BYTES);
        return new MapView(bytes, false, size, size, size, channels);
    }

    private static float[] values(Random random, int n, float reach) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = reach * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
