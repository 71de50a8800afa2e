package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.gpu.DeviceMap;
import io.deformux.network.gpu.MapKernels;
import io.deformux.network.proof.Noise;
import io.deformux.network.weights.Weights;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How long one window takes on a device by kernels of our own, and what of that no kernel can save: for benchmarks.
 *
 * @param whole the median of some passes, in ms
 * @param convolutions the same without any kernel: convolutions, and the joins and norms between stages that PyTorch computes
 * @param withOperator the same with the deformable convolutions alone
 */
public record GpuWindowTimes(double whole, double convolutions, double withOperator) {

    /**
     * Measures on a GPU.
     *
     * @param way by kernels of our own
     * @param size of the window along each axis
     * @throws io.deformux.failure.JobException if it cannot be computed so there
     */
    public static GpuWindowTimes measure(
            NetworkConfig config, Weights weights, Device device, Arithmetic way, int size, int runs) {
        return measure(
                change -> new PredictingNetwork(config, way, NetworkPasses.onGpu(config, weights, device, way, change)),
                config.inChannels(),
                size,
                runs);
    }

    /** The same of a network that anyone opens, whose kernels are changed. */
    static GpuWindowTimes measure(
            Function<UnaryOperator<MapKernels>, PredictingNetwork> opener, int channels, int size, int runs) {
        return new GpuWindowTimes(
                median(opener.apply(kernels -> kernels), channels, size, runs),
                median(opener.apply(kernels -> new Some(kernels, false)), channels, size, runs),
                median(opener.apply(kernels -> new Some(kernels, true)), channels, size, runs));
    }

    /** The median of some passes of a network, which is closed; the first ones do not count. */
    public static double median(PredictingNetwork opened, int channels, int size, int runs) {
        try (PredictingNetwork network = opened;
                NDManager scope = NDManager.newBaseManager(network.device(), "PyTorch")) {
            NDArray image = scope.create(
                    Noise.of(channels * size * size * size, 1),
                    new Shape(1, channels, size, size, size),
                    DataType.FLOAT32);
            double[] times = new double[runs];
            for (int run = -2; run < runs; run++) {
                long start = System.nanoTime();
                try (NDArray logits = network.forward(image);
                        NDArray one = logits.get(new NDIndex("0,0,0,0,0"))) {
                    one.toFloatArray(); // waits for the device
                }
                if (run >= 0) {
                    times[run] = (System.nanoTime() - start) / 1e6;
                }
            }
            Arrays.sort(times);
            return times[runs / 2];
        }
    }

    /** Kernels of which some do nothing. */
    private record Some(MapKernels kernels, boolean operator) implements MapKernels {
        @Override
        public void deform(DeviceMap x, DeviceMap offset, PtNDArray weight, PtNDArray bias, DeviceMap y) {
            if (operator) {
                kernels.deform(x, offset, weight, bias, y);
            }
        }

        @Override
        public void activate(DeviceMap y, Optional<DeviceMap> other, boolean normed, NDManager scope) {
            // Not measured.
        }

        @Override
        public void blockEnd(DeviceMap y, DeviceMap x, PtNDArray table) {
            // Not measured.
        }

        @Override
        public void close() {
            kernels.close();
        }
    }
}
