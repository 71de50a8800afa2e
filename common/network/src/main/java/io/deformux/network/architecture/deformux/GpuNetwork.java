package io.deformux.network.architecture.deformux;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.DevicePass;
import io.deformux.network.gpu.DeviceLayers;
import io.deformux.network.gpu.MapKernels;
import io.deformux.network.gpu.ProvingKernels;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.torchscript.GuardedNetwork;
import io.deformux.network.torchscript.TorchFailure;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** A network that predicts through {@link GpuForward}. Owns native memory, layers and kernels; close it. One thread at a time. */
final class GpuNetwork implements DevicePass {
    /** Small maps have every kind of kernel in them and are soon computed again in Java. */
    private static final int[] PROOF_SIZE = {32, 16, 16};

    private final DeformUxNetConfig config;
    private final Weights weights;
    private final Precision precision;
    private final DeviceLayers layers;
    private final MapKernels kernels;
    private final Runnable mode;
    private final NDManager lasting;
    private final GpuWeights onDevice;

    /** Prepares a network; parameters as {@link DeformUxNetOnGpu#predicting}. */
    GpuNetwork(
            DeformUxNetConfig config,
            Weights weights,
            Precision precision,
            DeviceLayers layers,
            MapKernels kernels,
            Runnable mode) {
        config.modules().requireFit(weights);
        this.config = config;
        this.weights = weights;
        this.precision = precision;
        this.layers = layers;
        this.kernels = kernels;
        this.mode = mode;
        this.lasting = layers.newScope();
        this.onDevice = TorchFailure.coded(
                () -> GpuWeights.of(config.encoderDecoder(), weights.rounded(precision), precision, layers, lasting));
    }

    @Override
    public Device device() {
        return layers.device();
    }

    @Override
    public NDArray forward(NDArray images) {
        return run(images, kernels);
    }

    private NDArray run(NDArray images, MapKernels by) {
        mode.run();
        try (NDManager scope = layers.newScope()) {
            NDArray logits = new GpuForward(onDevice, layers, by, scope).run(images, precision);
            logits.attach(images.getManager());
            return logits;
        }
    }

    @Override
    public void forward(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        try (NDManager scope = layers.newScope()) {
            NDArray input =
                    scope.create(images.duplicate(), new Shape(n, config.inChannels(), d, h, w), DataType.FLOAT32);
            result.accept(forward(input)
                    .toByteBuffer(true)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer());
        }
    }

    /** Convolutions as the TorchScript has them, at the real size; then every kernel, on an image that is smaller. */
    @Override
    public void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof) {
        mode.run();
        try (GuardedNetwork guarded =
                new GuardedNetwork(config.program(), weights, device(), precision, false, proof.voxelSeed())) {
            guarded.prove(image.duplicate(), new Shape(1, config.inChannels(), d, h, w), proof);
        }
        try (NDManager scope = layers.newScope()) {
            int voxels = PROOF_SIZE[0] * PROOF_SIZE[1] * PROOF_SIZE[2];
            FloatBuffer some = FloatBuffer.allocate(config.inChannels() * voxels);
            while (some.hasRemaining()) {
                some.put(image.get(image.position() + some.position() % image.remaining()));
            }
            Shape shape = new Shape(1, config.inChannels(), PROOF_SIZE[0], PROOF_SIZE[1], PROOF_SIZE[2]);
            run(scope.create(some.flip(), shape, DataType.FLOAT32), new ProvingKernels(kernels, layers, proof));
        }
        forward(image, 1, d, h, w, proof::logits);
    }

    @Override
    public void practise() {
        // The first call of a kernel compiles it, and the proof has every one called.
    }

    @Override
    public String name() {
        return "GPU kernels";
    }

    @Override
    public long convolutionNanos() {
        return 0;
    }

    @Override
    public void close() {
        kernels.close();
        lasting.close();
        layers.close();
    }
}
