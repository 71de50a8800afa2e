package io.deformux.network.architecture;

import ai.djl.ndarray.NDArray;
import io.deformux.network.training.TrainingKernels;
import java.util.Map;

/** A network as it is trained on a CPU, layer by layer: the fast twin of its TorchScript and of the gradients of that. */
public interface CpuTrainingForm {

    /**
     * The network prepared to be trained.
     *
     * @param parameters by state-dict name, on the CPU; read anew for every pass
     */
    TrainingPass training(Map<String, NDArray> parameters, TrainingKernels kernels);
}
