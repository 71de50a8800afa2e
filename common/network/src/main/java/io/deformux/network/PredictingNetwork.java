package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.DevicePass;
import io.deformux.network.architecture.ForwardPass;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.device.DeviceNetwork;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.proof.Noise;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.torchscript.HollowSource;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchFailure;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A loaded network, ready to predict. It owns its native memory; close it. One thread at a time.
 *
 * <p>If the network has a form for it, the forward pass goes layer by layer, with kernels of our own between the convolutions, on a
 * CPU or a GPU; else the archive's own TorchScript runs. All compute the same within rounding.
 */
public final class PredictingNetwork implements Network, DeviceNetwork, AutoCloseable {
    private final NetworkConfig config;
    private final Arithmetic arithmetic;
    private final ForwardPass pass;

    /** A network that a pass computes, which it owns. */
    PredictingNetwork(NetworkConfig config, Arithmetic arithmetic, ForwardPass pass) {
        this.config = config;
        this.arithmetic = arithmetic;
        this.pass = pass;
    }

    /**
     * Loads an archive that {@link TorchScriptArchive} wrote, to compute in what it is stored as.
     *
     * @throws JobException {@code MODEL_INVALID} if it is not an archive or not a network of that configuration,
     *     {@code DEVICE_OUT_OF_MEMORY}
     */
    public static PredictingNetwork load(Path archive, NetworkConfig config, Device device) {
        if (config.madeElsewhere()) {
            return loadTorchScript(archive, config, device);
        }
        try (TorchScriptModule module = TorchScriptModule.load(archive, Device.cpu(), false)) {
            return of(config, fitting(module, config), device, module.precision());
        }
    }

    /** The same, to compute in {@code precision} whatever it is stored as. */
    public static PredictingNetwork load(Path archive, NetworkConfig config, Device device, Precision precision) {
        return load(archive, config, device, NetworkPasses.best(precision, config, device));
    }

    /** The same, computed in a certain way. */
    public static PredictingNetwork load(Path archive, NetworkConfig config, Device device, Arithmetic arithmetic) {
        if (config.madeElsewhere()) {
            return new PredictingNetwork(config, arithmetic, NetworkPasses.asItIs(archive, config, device, arithmetic));
        }
        Weights weights;
        try (TorchScriptModule module = TorchScriptModule.load(archive, Device.cpu(), false)) {
            weights = fitting(module, config);
        }
        return of(config, weights, device, arithmetic);
    }

    /** A network of weights in memory, which must fit. */
    public static PredictingNetwork of(NetworkConfig config, Weights weights, Device device, Precision precision) {
        return of(config, weights, device, NetworkPasses.best(precision, config, device));
    }

    /**
     * The same, computed in a certain way.
     *
     * @throws IllegalArgumentException if that is by our own kernels and the network has no form for them
     */
    public static PredictingNetwork of(NetworkConfig config, Weights weights, Device device, Arithmetic arithmetic) {
        return new PredictingNetwork(config, arithmetic, NetworkPasses.of(config, weights, device, arithmetic));
    }

    /**
     * A network on the CPU whose text computes no convolutions and matrix products: what all else in it takes. Its logits mean
     * nothing.
     */
    public static PredictingNetwork withoutProducts(NetworkConfig config, Weights weights, Arithmetic arithmetic) {
        TorchScriptModule module = TorchScriptModule.of(
                HollowSource.of(config.program()), weights, Device.cpu(), arithmetic.precision(), false);
        return new PredictingNetwork(config, arithmetic, new TorchScriptPass(config, module));
    }

    /**
     * Loads an archive to run as its TorchScript says on every device: the twin that the fast path is tested and measured
     * against. Errors as {@link #load}.
     */
    public static PredictingNetwork loadTorchScript(Path archive, NetworkConfig config, Device device) {
        if (config.madeElsewhere()) {
            return load(archive, config, device, Arithmetic.ofTorchScript(Precision.FP32, device));
        }
        TorchScriptModule module = TorchScriptModule.load(archive, device, false);
        try {
            fitting(module, config);
            Arithmetic arithmetic = Arithmetic.ofTorchScript(module.precision(), device);
            return new PredictingNetwork(config, arithmetic, NetworkPasses.asTorchScript(config, module, arithmetic));
        } catch (RuntimeException | Error e) {
            module.close();
            throw e;
        }
    }

    /** A copy of the weights, which must fit; made once, since it is as large as the network. */
    private static Weights fitting(TorchScriptModule module, NetworkConfig config) {
        ModuleTree modules = config.modules();
        Weights weights = module.weights(modules);
        try {
            modules.requireFit(weights);
            return weights;
        } catch (IllegalArgumentException e) {
            throw new JobException(FailureCode.MODEL_INVALID, e.getMessage(), e);
        }
    }

    /** What runs it, for logs: TorchScript, or the name of the CPU's kernels. */
    public String kernels() {
        return pass.name();
    }

    /** What it computes in. */
    public Precision precision() {
        return arithmetic.precision();
    }

    /** How it computes. */
    public Arithmetic arithmetic() {
        return arithmetic;
    }

    @Override
    public NetworkConfig config() {
        return config;
    }

    @Override
    public void forward(FloatBuffer image, int n, int d, int h, int w, Consumer<FloatBuffer> logits) {
        config.requireSize(d, h, w);
        long values = (long) n * config.inChannels() * d * h * w;
        if (n < 1 || image.remaining() != values) {
            throw new IllegalArgumentException(image.remaining() + " values for " + n + " images of "
                    + config.inChannels() + "x" + d + "x" + h + "x" + w);
        }
        TorchFailure.coded(() -> pass.forward(image, n, d, h, w, logits));
    }

    /** Where it runs. */
    public Device device() {
        return pass instanceof DevicePass device ? device.device() : Device.cpu();
    }

    @Override
    public int classes() {
        return config.outChannels();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if it runs layer by layer on a CPU
     */
    @Override
    public NDArray forward(NDArray images) {
        Shape shape = images.getShape();
        config.requireSize((int) shape.get(2), (int) shape.get(3), (int) shape.get(4));
        if (pass instanceof DevicePass device) {
            return TorchFailure.coded(() -> device.forward(images));
        }
        throw new IllegalStateException(pass.name() + " computes in Java's memory");
    }

    @Override
    public void reject() {
        throw new JobException(FailureCode.NETWORK_FAILED, "the network's output for this scan is not finite");
    }

    /**
     * Predicts zeros until the first real call of that size is as fast as the ones after it: some small images first, which
     * get the kernels compiled, then one of the size itself, which gets the memory.
     */
    public void warmUp(int n, int d, int h, int w) {
        TorchFailure.coded(pass::practise);
        forward(FloatBuffer.allocate(values(n, d, h, w)), n, d, h, w, logits -> {});
    }

    /**
     * The same warm-up with an image of noise in 0 to 1 instead of zeros, and every layer checked on the way. At most once.
     *
     * @param seed chooses the image and the voxels that are checked
     */
    public ProofReport prove(int d, int h, int w, long seed) {
        config.requireSize(d, h, w);
        ArithmeticProof proof = new ArithmeticProof(arithmetic.tolerance(), seed);
        TorchFailure.coded(() -> {
            pass.practise();
            pass.prove(Noise.of(values(1, d, h, w), seed), d, h, w, proof);
        });
        return proof.report();
    }

    private int values(int n, int d, int h, int w) {
        return Math.multiplyExact(n * config.inChannels(), d * h * w);
    }

    /**
     * How long the convolutions have taken in all predictions so far, in ns, and a transformer where the rest runs by kernels of
     * our own: what no kernel between them can save. 0 where the network runs as TorchScript.
     */
    public long convolutionNanos() {
        return pass.convolutionNanos();
    }

    @Override
    public void close() {
        pass.close();
    }
}
