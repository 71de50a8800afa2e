package io.deformux.network.architecture.deformux;

import ai.djl.ndarray.NDArray;
import io.deformux.network.architecture.CpuForm;
import io.deformux.network.architecture.CpuTrainingForm;
import io.deformux.network.architecture.ForwardPass;
import io.deformux.network.architecture.TrainingPass;
import io.deformux.network.architecture.layered.CpuNetwork;
import io.deformux.network.cpu.ConvolutionSource;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.training.TrainingKernels;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.util.Map;

/** A DeformUX-Net computed in Java. */
record DeformUxNetOnCpu(DeformUxNetConfig config) implements CpuForm, CpuTrainingForm {

    @Override
    public ForwardPass predicting(Weights weights, Precision precision, ConvolutionSource source, Kernels kernels) {
        return CpuNetwork.of(config, DeformableBlockOnCpu::of, weights, precision, source, kernels);
    }

    @Override
    public TrainingPass training(Map<String, NDArray> parameters, TrainingKernels kernels) {
        return new CpuTrainingPass(config, parameters, kernels);
    }
}
