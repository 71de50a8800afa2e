package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.DevicePass;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.torchscript.TorchScriptModule;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * A network that was made elsewhere, run as its archive says, in float. Its layers are not known and so not checked one by one:
 * the way to compute has been tried with convolutions of the library, and what comes out has to be finite and the same twice.
 * Owns native memory; close it.
 */
final class ArchivePass implements DevicePass {
    private final NetworkConfig config;
    private final TorchScriptModule module;
    private final Runnable mode;

    /**
     * Takes the module over.
     *
     * @param mode tells PyTorch before each call how to compute
     */
    ArchivePass(NetworkConfig config, TorchScriptModule module, Runnable mode) {
        this.config = config;
        this.module = module;
        this.mode = mode;
    }

    @Override
    public Device device() {
        return module.device();
    }

    @Override
    public NDArray forward(NDArray images) {
        mode.run();
        Shape size = images.getShape();
        NDList outputs = module.call("forward", new NDList(images), false);
        requireLogits(outputs, new Shape(size.get(0), config.outChannels(), size.get(2), size.get(3), size.get(4)));
        return outputs.get(0);
    }

    @Override
    public void forward(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        try (NDManager scope = module.newScope()) {
            NDArray input =
                    scope.create(images.duplicate(), new Shape(n, config.inChannels(), d, h, w), DataType.FLOAT32);
            result.accept(forward(input)
                    .toByteBuffer(true)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer());
        }
    }

    private static void requireLogits(NDList outputs, Shape expected) {
        if (outputs.size() != 1
                || !outputs.get(0).getShape().equals(expected)
                || outputs.get(0).getDataType() != DataType.FLOAT32) {
            throw new JobException(
                    FailureCode.NETWORK_FAILED,
                    "the archive does not give one float tensor of " + expected + " but " + described(outputs));
        }
    }

    /** Sizes and types of tensors, for messages. */
    static String described(NDList outputs) {
        StringBuilder words = new StringBuilder();
        for (NDArray each : outputs) {
            words.append(words.isEmpty() ? "" : " and ")
                    .append(each.getShape())
                    .append(' ')
                    .append(each.getDataType());
        }
        return words.isEmpty() ? "nothing" : words.toString();
    }

    @Override
    public void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof) {
        FloatBuffer first = FloatBuffer.allocate(config.outChannels() * d * h * w);
        forward(image, 1, d, h, w, first::put);
        forward(image, 1, d, h, w, again -> proof.repeated(first.flip(), again));
    }

    @Override
    public void practise() {
        // Nothing in it is compiled at run time.
    }

    @Override
    public String name() {
        return "TorchScript made elsewhere";
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
