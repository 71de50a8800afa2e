package io.deformux.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.kernel.Kernels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Consumer;

/** A network that predicts through {@link CpuForward}. Owns native memory; close it. One thread at a time. */
final class CpuNetwork implements AutoCloseable {
    private final NetworkConfig config;
    private final NDManager manager;
    private final Precision precision;
    private final PtNDArray any;
    private final Kernels kernels;
    private final Layers torch = new Layers();
    private final CpuLayers layers;
    private FloatBuffer logits = FloatBuffer.allocate(0);

    /**
     * Prepares a network.
     *
     * @param scope the parameters live there or above; everything else below it
     * @param parameters by state-dict name
     * @param values the same as floats
     * @param precision what the parameters are stored as
     */
    CpuNetwork(
            NetworkConfig config,
            NDManager scope,
            Map<String, NDArray> parameters,
            Weights values,
            Precision precision,
            Kernels kernels) {
        this.config = config;
        this.manager = scope.newSubManager();
        this.precision = precision;
        this.any = (PtNDArray) parameters.values().iterator().next();
        this.kernels = kernels;
        this.layers = CpuLayers.of(config, parameters, values, torch, kernels);
    }

    /** As {@link DeformUxNet#forward}; the sizes have been checked. */
    void forward(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        int voxels = Math.multiplyExact(d, Math.multiplyExact(h, w));
        FloatBuffer output = buffer(Math.multiplyExact(n, Math.multiplyExact(config.outChannels(), voxels)));
        for (int i = 0; i < n; i++) {
            try (NDManager scope = manager.newSubManager()) {
                FeatureMap image = torch.blank(any, precision, d, h, w, config.inChannels(), scope);
                FloatBuffer values = images.slice(
                        images.position() + i * config.inChannels() * voxels, config.inChannels() * voxels);
                image.view().setPlanar(values, kernels);
                new CpuForward(layers, torch, kernels, scope).run(image, output, i * config.outChannels() * voxels);
            }
        }
        result.accept(output);
    }

    /** Their name, for logs. */
    String kernels() {
        return kernels.name() + " kernels";
    }

    /** How long PyTorch's convolutions have taken so far, in ns. */
    long convolutionNanos() {
        return torch.nanos();
    }

    /** Made anew only when more is needed. */
    private FloatBuffer buffer(int length) {
        if (logits.capacity() < length) {
            logits = ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return logits.duplicate().limit(length);
    }

    @Override
    public void close() {
        torch.close();
        manager.close();
    }
}
