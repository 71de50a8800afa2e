package io.deformux.network;

import io.deformux.network.gpu.Gpus;
import io.deformux.network.library.TorchLibrary;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a device's name in a configuration means on this machine: {@code auto}, {@code cpu} or {@code cuda:N}. Any thread. */
public final class DeviceChoice {
    /** Every GPU, else the CPU. */
    public static final String AUTO = "auto";

    private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);

    private final Gpus gpus;
    private final BooleanSupplier cuda;

    /**
     * A choice among these GPUs.
     *
     * @param cuda whether this process's PyTorch is one for CUDA
     */
    DeviceChoice(Gpus gpus, BooleanSupplier cuda) {
        this.gpus = gpus;
        this.cuda = cuda;
    }

    /** On this machine. */
    public static DeviceChoice ofThisMachine() {
        return new DeviceChoice(Gpus.ofThisMachine(), TorchLibrary::forCuda);
    }

    /**
     * The devices that a name means, as {@link Devices#name}: one, or of {@link #AUTO} all GPUs that this process may use.
     *
     * @throws IllegalArgumentException if there is no such device here, with what to do
     */
    public List<String> all(String name) {
        if (name.equals(AUTO)) {
            return automatic();
        }
        String device = Devices.name(Devices.parse(name));
        if (Devices.parse(name).isGpu()) {
            requireGpu(device);
        }
        return List.of(device);
    }

    /** The first of them. Errors as {@link #all}. */
    public String first(String name) {
        return all(name).get(0);
    }

    private List<String> automatic() {
        int count = gpus.all().size();
        if (count > 0 && !cuda.getAsBoolean()) {
            LOG.warn("{} GPU(s) are not used, since this PyTorch is one for CPUs", count);
            return List.of("cpu");
        }
        return count == 0
                ? List.of("cpu")
                : IntStream.range(0, count).mapToObj(n -> "cuda:" + n).toList();
    }

    private void requireGpu(String device) {
        int count = gpus.all().size();
        if (Devices.parse(device).getDeviceId() >= count) {
            throw new IllegalArgumentException("there is no " + device + ": NVIDIA's driver shows this process "
                    + (count == 0 ? "no GPU" : "cuda:0 to cuda:" + (count - 1))
                    + " (CUDA_VISIBLE_DEVICES and the container decide which); choose another, or auto");
        }
        if (!cuda.getAsBoolean()) {
            throw new IllegalArgumentException(device + " needs a PyTorch for CUDA, which PYTORCH_LIBRARY_PATH,"
                    + " PYTORCH_VERSION and PYTORCH_FLAVOR name; this one is for CPUs");
        }
    }
}
