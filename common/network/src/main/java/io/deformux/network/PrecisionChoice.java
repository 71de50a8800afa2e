package io.deformux.network;

import ai.djl.Device;
import io.deformux.network.gpu.Gpus;
import io.deformux.network.torchscript.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a user asks for. */
public enum PrecisionChoice {
    /** bfloat16 where the device multiplies it itself, else float. */
    AUTO,
    /** Float everywhere, computed as float. */
    FP32,
    /** Float whose products a GPU rounds to the ten bits of TF32. */
    TF32,
    /** Bfloat16 everywhere, slower than float on devices that only imitate it. */
    BF16,
    /** Half precision on a GPU. */
    FP16;

    /** The name of a choice; throws {@link IllegalArgumentException} if there is none. */
    public static PrecisionChoice parse(String name) {
        for (PrecisionChoice choice : values()) {
            if (choice.wireName().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("the precision must be auto, fp32, tf32, bf16 or fp16, not " + name);
    }

    /** The name on the command line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether only a GPU computes so. */
    public boolean needsGpu() {
        return this == TF32 || this == FP16;
    }

    /** What a network may compute in on that device of this machine. */
    public Ways on(Device device) {
        return Ways.of(wanted(device), device, TorchEngine.library());
    }

    private List<Arithmetic> wanted(Device device) {
        return switch (this) {
            case BF16 -> List.of(Arithmetic.LIBRARY_BF16);
            case FP16 -> List.of(Arithmetic.LIBRARY_FP16);
            case TF32 -> List.of(Arithmetic.LIBRARY_TF32);
            case FP32 -> Arithmetic.inFloat();
            case AUTO -> {
                List<Arithmetic> wanted = new ArrayList<>(Arithmetic.inFloat());
                if (fastBf16(device)) {
                    wanted.add(0, Arithmetic.LIBRARY_BF16);
                }
                yield wanted;
            }
        };
    }

    /** Whether the device multiplies bfloat16 itself. */
    static boolean fastBf16(Device device) {
        return device.isGpu()
                ? Gpus.ofThisMachine().all().stream()
                        .anyMatch(gpu -> gpu.index() == device.getDeviceId() && gpu.fastBf16())
                : CpuFeatures.ofThisMachine().fastBf16();
    }
}
