package io.deformux.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.ForwardPass;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.torchscript.GuardedNetwork;
import io.deformux.network.torchscript.TorchScriptModule;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** A network that predicts as its archive's TorchScript says, on any device. Owns native memory; close it. */
final class TorchScriptPass implements ForwardPass {
    private final NetworkConfig config;
    private final TorchScriptModule module;

    /** Takes the module over. */
    TorchScriptPass(NetworkConfig config, TorchScriptModule module) {
        this.config = config;
        this.module = module;
    }

    @Override
    public void forward(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        try (NDManager scope = module.newScope()) {
            NDArray input =
                    scope.create(images.duplicate(), new Shape(n, config.inChannels(), d, h, w), DataType.FLOAT32);
            NDArray output = module.call("forward", new NDList(input), false).singletonOrThrow();
            input.close();
            // The values in place for a CPU tensor, else a copy.
            result.accept(
                    output.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer());
        }
    }

    @Override
    public void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof) {
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
