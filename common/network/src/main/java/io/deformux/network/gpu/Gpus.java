package io.deformux.network.gpu;

import java.util.List;

/**
 * The GPUs that this process may use: what the driver shows of them, which knows {@code CUDA_VISIBLE_DEVICES} and, where a GPU is
 * divided (MIG), the instance that was given to this process.
 */
public interface Gpus {

    /** All of them, by index; none without a driver. */
    List<Gpu> all();

    /**
     * Bytes that nobody has taken. The first call for a GPU takes some hundred MB of it for this process.
     *
     * @throws GpuException if there is no such GPU, or it does not answer
     */
    long free(int index);

    /** Those of this machine. */
    static Gpus ofThisMachine() {
        return new DriverGpus();
    }
}
