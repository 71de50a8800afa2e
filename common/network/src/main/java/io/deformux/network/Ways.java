package io.deformux.network;

import ai.djl.Device;
import io.deformux.network.library.ArithmeticKind;
import io.deformux.network.library.ForcedArithmetic;
import io.deformux.network.library.LibraryChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ways to compute that a network may take on some device.
 *
 * @param allowed best first
 * @param refused those that are wanted but already known to compute wrong on this machine, and why
 */
public record Ways(List<Arithmetic> allowed, Map<Arithmetic, String> refused) {

    /** Copies both. */
    public Ways {
        allowed = List.copyOf(allowed);
        refused = Map.copyOf(refused);
    }

    /**
     * What a person's choice comes to on this machine.
     *
     * @param wanted in order
     * @param library what PyTorch's own arithmetic on the CPU is worth here
     */
    static Ways of(List<Arithmetic> wanted, Device device, LibraryChoice library) {
        if (device.isGpu()) {
            return new Ways(
                    wanted.stream().filter(way -> way != Arithmetic.OWN_FP32).toList(), Map.of());
        }
        List<Arithmetic> asked = library.forced().map(Ways::forced).orElse(wanted);
        List<Arithmetic> allowed = new ArrayList<>();
        Map<Arithmetic, String> refused = new TreeMap<>();
        for (Arithmetic way : asked) {
            ArithmeticKind kind = kind(way);
            if (way == Arithmetic.OWN_FP32) {
                allowed.add(way);
            } else if (!library.trusts(kind)) {
                refused.put(way, library.verdicts().get(kind).detail());
            } else if (library.withoutOneDnn()) {
                // PyTorch's own loops are right, but take a buffer of 27 x channels x voxels.
                refused.put(way, "oneDNN is switched off");
            } else {
                allowed.add(way);
            }
        }
        return new Ways(allowed, refused);
    }

    private static ArithmeticKind kind(Arithmetic way) {
        return way == Arithmetic.LIBRARY_BF16 ? ArithmeticKind.BF16_FORWARD : ArithmeticKind.FP32_FORWARD;
    }

    private static List<Arithmetic> forced(ForcedArithmetic forced) {
        return switch (forced) {
            case FP32_WITHOUT_ONEDNN -> List.of(Arithmetic.OWN_FP32);
            case FP32 -> List.of(Arithmetic.LIBRARY_FP32);
            case BF16 -> List.of(Arithmetic.LIBRARY_BF16);
        };
    }
}
