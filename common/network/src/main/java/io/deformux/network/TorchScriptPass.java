package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.DevicePass;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.torchscript.GuardedNetwork;
import io.deformux.network.torchscript.TorchScriptModule;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** A network that predicts as its archive's TorchScript says, on any device. Owns native memory; close it. */
final class TorchScriptPass implements DevicePass {
    private final NetworkConfig config;
    private final TorchScriptModule module;
    private final Runnable mode;

    /** Takes the module over. */
    TorchScriptPass(NetworkConfig config, TorchScriptModule module) {
        this(config, module, () -> {});
    }

    /**
     * The same where PyTorch has to be told before each call how to compute.
     *
     * @param mode tells it
     */
    TorchScriptPass(NetworkConfig config, TorchScriptModule module, Runnable mode) {
        this.config = config;
        this.module = module;
        this.mode = mode;
    }

    @Override
    public void forward(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        try (NDManager scope = module.newScope()) {
            NDArray input =
                    scope.create(images.duplicate(), new Shape(n, config.inChannels(), d, h, w), DataType.FLOAT32);
            NDArray output = forward(input);
            input.close();
            // The values in place for a CPU tensor, else a copy.
            result.accept(
                    output.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer());
        }
    }

    @Override
    public Device device() {
        return module.device();
    }

    @Override
    public NDArray forward(NDArray images) {
        mode.run();
        return module.call("forward", new NDList(images), false).singletonOrThrow();
    }

    @Override
    public void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof) {
        mode.run();
        try (GuardedNetwork guarded = new GuardedNetwork(
                config.program(),
                module.weights(config.modules()),
                module.device(),
                module.precision(),
                false,
                proof.voxelSeed())) {
            guarded.prove(image.duplicate(), new Shape(1, config.inChannels(), d, h, w), proof);
        }
        forward(image, 1, d, h, w, proof::logits);
    }

    @Override
    public void practise() {
        // Nothing in it is compiled at run time.
    }

    @Override
    public String name() {
        return "TorchScript";
    }

    @Override
    public long convolutionNanos() {
        return 0;
    }

    @Override
    public void close() {
        module.close();
    }
}
