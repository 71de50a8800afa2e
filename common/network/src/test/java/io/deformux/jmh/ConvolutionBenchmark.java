package io.deformux.jmh;

import io.deformux.network.cpu.TorchConvolution;
import io.deformux.network.kernel.ConvolutionPass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;
import io.deformux.network.kernel.Maps;
import io.deformux.network.weights.Precision;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The dense convolutions of small and of published networks for a window of 96³ voxels, ours and PyTorch's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class ConvolutionBenchmark {
    /** Voxels along each axis of the input, input and output channels, k, stride, padding. */
    @Param({
        "96 1 8 3 1 1",
        "96 8 8 3 1 1",
        "96 16 8 3 1 1",
        "48 32 16 3 1 1",
        "48 8 81 3 1 1",
        "24 16 81 3 1 1",
        "96 48 48 3 1 1",
        "96 96 48 3 1 1",
        "48 96 96 3 1 1",
        "48 48 81 3 1 1",
        "24 96 81 3 1 1",
        "12 384 384 3 1 1",
        "6 768 768 3 1 1",
        "6 384 768 3 1 1",
        "96 1 48 7 2 3",
        "48 48 96 2 2 0",
        "96 96 48 1 1 0",
        "48 96 384 1 1 0"
    })
    public String shape;

    private MapView x;
    private MapView y;
    private ConvolutionPass vector;
    private ConvolutionPass plain;
    private TorchConvolution fp32;
    private TorchConvolution bf16;

    /** Random values. */
    @Setup
    public void prepare() {
        int[] s = Arrays.stream(shape.split(" ")).mapToInt(Integer::parseInt).toArray();
        int n = s[0];
        int inputs = s[1];
        int outputs = s[2];
        int k = s[3];
        int stride = s[4];
        int padding = s[5];
        float[] values = values(n * n * n * inputs);
        float[] weight = Precision.BF16.rounded(values(outputs * inputs * k * k * k));
        int size = (n + 2 * padding - k) / stride + 1;
        x = Maps.of(false, values, n, n, n, inputs);
        y = Maps.blank(false, size, size, size, outputs);
        vector = new ConvolutionPass(Kernels.best(), weight, new float[0], outputs, inputs, k, stride, padding);
        plain = new ConvolutionPass(Kernels.plain(), weight, new float[0], outputs, inputs, k, stride, padding);
        fp32 = new TorchConvolution(Precision.FP32, values, weight, n, outputs, inputs, k, stride, padding);
        bf16 = new TorchConvolution(Precision.BF16, values, weight, n, outputs, inputs, k, stride, padding);
    }

    /** Frees native memory. */
    @TearDown
    public void close() {
        fp32.close();
        bf16.close();
    }

    /** The vector kernel. */
    @Benchmark
    public void vectorKernel() {
        vector.apply(x, y);
    }

    /** Its plain twin. */
    @Benchmark
    public void plainKernel() {
        plain.apply(x, y);
    }

    /** PyTorch in single precision. */
    @Benchmark
    public void torchFp32() {
        fp32.run();
    }

    /** PyTorch in bfloat16. */
    @Benchmark
    public void torchBf16() {
        bf16.run();
    }

    private static float[] values(int n) {
        Random random = new Random(1);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
