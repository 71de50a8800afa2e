package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.DevicePass;
import io.deformux.network.architecture.GpuForm;
import io.deformux.network.gpu.DeviceLayers;
import io.deformux.network.gpu.LaunchedKernels;
import io.deformux.network.gpu.MapKernels;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.util.stream.IntStream;

/** A DeformUX-Net computed by kernels of our own. */
record DeformUxNetOnGpu(DeformUxNetConfig config) implements GpuForm {

    @Override
    public boolean suits(Precision precision) {
        int width = LaunchedKernels.width(precision.bytes());
        return precision != Precision.FP16
                && IntStream.concat(
                                config.featureSizes().stream().mapToInt(Integer::intValue),
                                IntStream.of(config.hidden()))
                        .allMatch(channels -> channels % width == 0);
    }

    @Override
    public DevicePass predicting(
            Weights weights, Precision precision, DeviceLayers layers, MapKernels kernels, Runnable mode) {
        return new GpuNetwork(config, weights, precision, layers, kernels, mode);
    }
}
