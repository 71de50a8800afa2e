package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.kernel.Kernels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A loaded network, ready to predict. It owns its native memory; close it. One thread at a time.
 *
 * <p>On a CPU the forward pass goes layer by layer, with Java kernels between PyTorch's convolutions; on a GPU the archive's own
 * TorchScript runs. Both compute the same within rounding.
 */
public final class DeformUxNet implements AutoCloseable {
    private static final int WARM_UPS = 6;
    private static final int WARM_UP_SIZE = 32;

    private final NetworkConfig config;
    private final LoadedModule module;
    private final Optional<CpuNetwork> fast;

    /** The network that runs as the archive's TorchScript says. */
    DeformUxNet(NetworkConfig config, LoadedModule module) {
        this(config, module, Optional.empty());
    }

    private DeformUxNet(NetworkConfig config, LoadedModule module, Optional<CpuNetwork> fast) {
        this.config = config;
        this.module = module;
        this.fast = fast;
    }

    /**
     * Loads an archive that {@link TorchScriptArchive} wrote, to compute in what it is stored as.
     *
     * @throws JobException {@code MODEL_INVALID} if it is not an archive or not a network of that configuration,
     *     {@code DEVICE_OUT_OF_MEMORY}
     */
    public static DeformUxNet load(Path archive, NetworkConfig config, Device device) {
        return fast(loadTorchScript(archive, config, device), device, Kernels.best());
    }

    /** The same, to compute in {@code precision} whatever it is stored as. */
    public static DeformUxNet load(Path archive, NetworkConfig config, Device device, Precision precision) {
        DeformUxNet stored = loadTorchScript(archive, config, device);
        if (stored.precision() == precision) {
            return fast(stored, device, Kernels.best());
        }
        try (stored) {
            return of(config, stored.weights(), device, precision);
        }
    }

    /** A network of weights in memory, which must fit. */
    public static DeformUxNet of(NetworkConfig config, Weights weights, Device device, Precision precision) {
        return fast(
                new DeformUxNet(config, LoadedModule.of(config, weights, device, precision, false)),
                device,
                Kernels.best());
    }

    /** On a CPU the forward pass by these kernels, else the network as it is. */
    static DeformUxNet fast(DeformUxNet network, Device device, Kernels kernels) {
        if (device.isGpu()) {
            return network;
        }
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        network.module
                .block()
                .getParameters()
                .forEach(
                        p -> parameters.put(p.getValue().getName(), p.getValue().getArray()));
        CpuNetwork cpu = new CpuNetwork(
                network.config, network.module.newScope(), parameters, network.weights(), network.precision(), kernels);
        return new DeformUxNet(network.config, network.module, Optional.of(cpu));
    }

    /**
     * Loads an archive to run as its TorchScript says on every device: the twin that the fast path is tested and measured
     * against. Errors as {@link #load}.
     */
    public static DeformUxNet loadTorchScript(Path archive, NetworkConfig config, Device device) {
        LoadedModule module = LoadedModule.load(archive, device, false);
        DeformUxNet network = new DeformUxNet(config, module);
        try {
            network.weights().requireFit(config);
        } catch (IllegalArgumentException e) {
            module.close();
            throw new JobException(FailureCode.MODEL_INVALID, e.getMessage(), e);
        }
        return network;
    }

    /** What runs it, for logs: TorchScript, or the name of the CPU's kernels. */
    public String kernels() {
        return fast.map(CpuNetwork::kernels).orElse("TorchScript");
    }

    /** What it computes in. */
    public Precision precision() {
        NDArray any = module.block().getParameters().valueAt(0).getArray();
        return any.getDataType() == DataType.FLOAT32 ? Precision.FP32 : Precision.BF16;
    }

    /** The configuration it was loaded with. */
    public NetworkConfig config() {
        return config;
    }

    /**
     * Predicts {@code n} images.
     *
     * @param image (n, inChannels, d, h, w) from position to limit, last axis fastest; direct or not (DJL copies it
     *     once, which takes a thousandth of the prediction)
     * @param n the batch size; likewise the spatial sizes, in voxels: multiples of 16, not 16 along all three axes
     * @param logits takes (n, outChannels, d, h, w) from position 0; the buffer is a view of native memory, valid only
     *     during that call
     * @throws IllegalArgumentException if the sizes do not fit the network or the buffer
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY} or {@code NETWORK_FAILED}
     */
    public void forward(FloatBuffer image, int n, int d, int h, int w, Consumer<FloatBuffer> logits) {
        NetworkConfig.requireSize(d, h, w);
        long values = (long) n * config.inChannels() * d * h * w;
        if (n < 1 || image.remaining() != values) {
            throw new IllegalArgumentException(image.remaining() + " values for " + n + " images of "
                    + config.inChannels() + "x" + d + "x" + h + "x" + w);
        }
        if (fast.isPresent()) {
            fast.get().forward(image, n, d, h, w, logits);
            return;
        }
        try (NDManager scope = module.newScope()) {
            NDArray input =
                    scope.create(image.duplicate(), new Shape(n, config.inChannels(), d, h, w), DataType.FLOAT32);
            NDArray output = module.call("forward", new NDList(input), false).singletonOrThrow();
            input.close();
            logits.accept(floats(output));
        }
    }

    /**
     * Predicts zeros until the first real call of that size is as fast as the ones after it: on a CPU some small images
     * first, which get the kernels compiled, then one of the size itself, which gets the memory.
     */
    public void warmUp(int n, int d, int h, int w) {
        for (int i = 0; fast.isPresent() && i < WARM_UPS; i++) {
            predictZeros(1, WARM_UP_SIZE, WARM_UP_SIZE, WARM_UP_SIZE);
        }
        predictZeros(n, d, h, w);
    }

    private void predictZeros(int n, int d, int h, int w) {
        FloatBuffer zeros = FloatBuffer.allocate(Math.multiplyExact(n * config.inChannels(), d * h * w));
        forward(zeros, n, d, h, w, logits -> {});
    }

    /**
     * How long PyTorch's convolutions have taken in all predictions so far, in ns: what no kernel of ours can save. 0 where
     * the network runs as TorchScript.
     */
    public long convolutionNanos() {
        return fast.map(CpuNetwork::convolutionNanos).orElse(0L);
    }

    /** A copy of the weights, as float. */
    public Weights weights() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Pair<String, Parameter> entry : module.block().getParameters()) {
            NDArray array = entry.getValue().getArray();
            int[] shape = new int[array.getShape().dimension()];
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = Math.toIntExact(array.getShape().get(axis));
            }
            float[] values = new float[Math.toIntExact(array.size())];
            try (NDManager scope = module.newScope()) {
                NDArray copy = array.toType(DataType.FLOAT32, true);
                copy.attach(scope);
                floats(copy).get(values);
            }
            tensors.put(entry.getValue().getName(), new Tensor(shape, values));
        }
        return new Weights(tensors);
    }

    @Override
    public void close() {
        fast.ifPresent(CpuNetwork::close);
        module.close();
    }

    /** The values in place for a CPU tensor, else a copy. */
    private static FloatBuffer floats(NDArray array) {
        ByteBuffer bytes = array.toByteBuffer(true);
        return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
