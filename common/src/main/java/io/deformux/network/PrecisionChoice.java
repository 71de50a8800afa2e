package io.deformux.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
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

    /** What a network may compute in on that device, best first. */
    public List<Arithmetic> ways(Device device) {
        return switch (this) {
            case FP32 -> List.of(Arithmetic.LIBRARY_FP32);
            case BF16 -> List.of(Arithmetic.LIBRARY_BF16);
            case AUTO ->
                fastBf16(device)
                        ? List.of(Arithmetic.LIBRARY_BF16, Arithmetic.LIBRARY_FP32)
                        : List.of(Arithmetic.LIBRARY_FP32);
        };
    }

    private static boolean fastBf16(Device device) {
        return device.isGpu()
                ? Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= AMPERE
                : CpuFeatures.ofThisMachine().fastBf16();
    }
}
