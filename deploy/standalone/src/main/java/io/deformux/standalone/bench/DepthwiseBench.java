package io.deformux.standalone.bench;

import static io.deformux.network.cpu.TorchDepthwiseConvolution.Layout.CHANNELS_FIRST;
import static io.deformux.network.cpu.TorchDepthwiseConvolution.Layout.CHANNELS_LAST;

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

/**
 * The large depthwise convolutions of 3D UX-Net's and 3D RepUX-Net's first stage, against the same by PyTorch: on a map that lies
 * channel by channel, as in the networks' text, and on one channels last, where PyTorch is fastest. They take turns.
 */
public final class DepthwiseBench {
    private static final String PART = "depthwise convolution";
    private static final int RUNS = 7;
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
        try (TorchDepthwiseConvolution first =
                        new TorchDepthwiseConvolution(CHANNELS_FIRST, Precision.FP32, values, weight, bias, size, k);
                TorchDepthwiseConvolution last =
                        new TorchDepthwiseConvolution(CHANNELS_LAST, Precision.FP32, values, weight, bias, size, k)) {
            pass.apply(x, y);
            requireAlike(first.result(), y);
            requireAlike(last.result(), y);
            double[] least = Stopwatch.least(RUNS, List.of(() -> pass.apply(x, y), first::run, last::run));
            String what = channels + " channels, " + size + "^3, " + k + "^3 taps: ";
            String against = what + Kernels.best().name() + " against PyTorch";
            return List.of(
                    new Figure(PART, against, least[1] / least[0], "x"),
                    new Figure(PART, against + ", channels last", least[2] / least[0], "x"),
                    new Figure(PART, what + "kernel", least[0], "ms"),
                    new Figure(PART, what + "PyTorch", least[1], "ms"),
                    new Figure(PART, what + "PyTorch, channels last", least[2], "ms"));
        }
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
