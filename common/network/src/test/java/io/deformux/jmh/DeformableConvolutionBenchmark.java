package io.deformux.jmh;

import io.deformux.network.architecture.deformux.TorchDeformableConvolution;
import io.deformux.network.architecture.deformux.TorchDeformableConvolution.Form;
import io.deformux.network.kernel.DeformablePass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;
import io.deformux.network.kernel.Maps;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The operator of the published network's first stage: 48 channels, 48³ voxels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DeformableConvolutionBenchmark {
    private static final int C = 48;
    private static final int N = 48;

    private MapView x;
    private MapView offset;
    private MapView result;
    private DeformablePass vector;
    private DeformablePass plain;
    private TorchDeformableConvolution gridSample;

    /** Random values, offsets of up to two voxels. */
    @Setup
    public void prepare() {
        float[] values = values(C * N * N * N, 1);
        float[] offsets = values(DeformablePass.OFFSETS * N * N * N, 2);
        float[] weight = values(27 * C, 1);
        float[] bias = values(C, 1);
        x = Maps.of(false, values, N, N, N, C);
        offset = Maps.of(false, offsets, N, N, N, DeformablePass.OFFSETS);
        result = Maps.blank(false, N, N, N, C);
        vector = new DeformablePass(Kernels.best(), weight, bias);
        plain = new DeformablePass(Kernels.plain(), weight, bias);
        gridSample = new TorchDeformableConvolution(Form.GRID_SAMPLE, values, offsets, weight, bias, N, N, N);
    }

    /** Frees native memory. */
    @TearDown
    public void close() {
        gridSample.close();
    }

    /** The kernels that inference uses. */
    @Benchmark
    public void vectorKernel() {
        vector.apply(x, offset, result);
    }

    /** Their plain twin. */
    @Benchmark
    public void plainKernel() {
        plain.apply(x, offset, result);
    }

    /** PyTorch, 27 times {@code grid_sample}. */
    @Benchmark
    public void gridSample() {
        gridSample.run();
    }

    private static float[] values(int n, float reach) {
        Random random = new Random(1);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = reach * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
