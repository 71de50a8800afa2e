package io.deformux.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.deformux.network.torchscript.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a user asks for. */
public enum PrecisionChoice {
    /** bfloat16 where the device multiplies it itself, else float. */
    AUTO,
    /** Float everywhere. */
    FP32,
    /** Bfloat16 everywhere, slower than float on devices that only imitate it. */
    BF16;

    /** The first CUDA compute capability with bfloat16, 8.0 (Ampere). */
    private static final int AMPERE = 80;

    /** {@code auto}, {@code fp32} or {@code bf16}; throws {@link IllegalArgumentException} otherwise. */
    public static PrecisionChoice parse(String name) {
        for (PrecisionChoice choice : values()) {
            if (choice.wireName().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("the precision must be auto, fp32 or bf16, not " + name);
    }

    /** The name on the command line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a network may compute in on that device of this machine. */
    public Ways on(Device device) {
        return Ways.of(wanted(device), device, TorchEngine.library());
    }

    private List<Arithmetic> wanted(Device device) {
        List<Arithmetic> wanted = new ArrayList<>();
        if (this == BF16 || this == AUTO && fastBf16(device)) {
            wanted.add(Arithmetic.LIBRARY_BF16);
        }
        if (this != BF16) {
            wanted.addAll(Arithmetic.inFloat());
        }
        return wanted;
    }

    private static boolean fastBf16(Device device) {
        return device.isGpu()
                ? Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= AMPERE
                : CpuFeatures.ofThisMachine().fastBf16();
    }
}
