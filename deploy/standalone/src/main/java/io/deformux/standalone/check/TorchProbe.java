package io.deformux.standalone.check;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import io.deformux.network.gpu.Gpu;
import io.deformux.network.gpu.Gpus;
import io.deformux.network.library.TorchLibrary;
import io.deformux.network.torchscript.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What libtorch says of itself. It proves no precision. */
public final class TorchProbe implements ArithmeticProbe {
    private static final String DRIVER_PREFIX = "NVRM version:";

    private final Path driverFile;

    /** A probe of this machine. */
    public TorchProbe() {
        this(Path.of("/proc/driver/nvidia/version"));
    }

    /** @param driverFile where Linux tells the version of the NVIDIA driver; absent without one */
    TorchProbe(Path driverFile) {
        this.driverFile = driverFile;
    }

    @Override
    public ArithmeticSurvey probe() {
        Engine engine = TorchEngine.start();
        return new ArithmeticSurvey(
                engine.getVersion(),
                Path.of(LibUtils.getLibtorchPath()),
                false,
                Optional.empty(),
                devices(),
                driver(),
                List.of(),
                List.of());
    }

    private static List<ComputeDevice> devices() {
        List<ComputeDevice> devices = new ArrayList<>();
        devices.add(new ComputeDevice("cpu", Runtime.getRuntime().availableProcessors() + " cores"));
        for (Gpu gpu : Gpus.ofThisMachine().all()) {
            devices.add(new ComputeDevice(
                    "cuda:" + gpu.index(),
                    gpu.name() + ", compute capability " + gpu.major() + "." + gpu.minor()
                            + (TorchLibrary.forCuda() ? "" : ", not used by this PyTorch, which is one for CPUs")));
        }
        return devices;
    }

    Optional<String> driver() {
        try {
            return Files.readAllLines(driverFile).stream()
                    .filter(line -> line.startsWith(DRIVER_PREFIX))
                    .map(line -> line.substring(DRIVER_PREFIX.length()).strip().replaceAll(" +", " "))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
