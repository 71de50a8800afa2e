package io.deformux.network;

import ai.djl.Device;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.library.ArithmeticKind;
import io.deformux.network.library.ForcedArithmetic;
import io.deformux.network.library.LibraryChoice;
import io.deformux.network.weights.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to compute that a network may take on some device.
 *
 * @param allowed best first
 * @param refused those that are wanted but already known to compute wrong on this machine, and why
 */
public record Ways(List<Arithmetic> allowed, Map<Arithmetic, String> refused) {
    private static final Logger LOG = LoggerFactory.getLogger(Ways.class);

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
                    wanted.stream()
                            .filter(way -> !way.needsCpuForm())
                            .flatMap(way -> Stream.concat(way.withGpuKernels().stream(), Stream.of(way)))
                            .toList(),
                    Map.of());
        }
        List<Arithmetic> asked = library.forced().map(Ways::forced).orElse(wanted);
        List<Arithmetic> allowed = new ArrayList<>();
        Map<Arithmetic, String> refused = new TreeMap<>();
        for (Arithmetic way : asked) {
            Arithmetic here = way == Arithmetic.LIBRARY_FP32 && library.withoutOneDnn() ? Arithmetic.LOOPS_FP32 : way;
            Optional<String> fault = fault(here, library);
            if (fault.isPresent()) {
                refused.put(here, fault.get());
            } else {
                allowed.add(here);
            }
        }
        return new Ways(allowed, refused);
    }

    /** What is known to be wrong with a way. */
    private static Optional<String> fault(Arithmetic way, LibraryChoice library) {
        return switch (way) {
            case OWN_FP32 -> Optional.empty();
            case LOOPS_FP32 -> library.fault(ArithmeticKind.FP32_WITHOUT_ONEDNN);
            case LIBRARY_FP32, MIXED_FP32 ->
                library.fault(ArithmeticKind.FP32_FORWARD).or(() -> withoutOneDnn(library));
            case LIBRARY_FP16, LIBRARY_TF32, GPU_BF16, GPU_TF32, GPU_FP32 -> Optional.of("only a GPU computes so");
            case LIBRARY_BF16 -> library.fault(ArithmeticKind.BF16_FORWARD).or(() -> withoutOneDnn(library));
        };
    }

    private static Optional<String> withoutOneDnn(LibraryChoice library) {
        return library.withoutOneDnn() ? Optional.of("oneDNN is switched off") : Optional.empty();
    }

    /** Those that a network can take: one that has no form for our kernels runs by PyTorch, and the log says what that costs. */
    Ways of(NetworkConfig config, Device device) {
        if (device.isGpu() && config.madeElsewhere()) {
            return inFloat().byLibrary();
        }
        if (device.isGpu()) {
            return new Ways(
                    allowed.stream()
                            .filter(way -> !way.needsGpuForm() || suits(config, way))
                            .toList(),
                    refused);
        }
        if (config.cpuForm().isPresent()) {
            return this;
        }
        Ways ways = config.madeElsewhere() ? byLibrary().inFloat() : byLibrary();
        if (ways.allowed().contains(Arithmetic.LOOPS_FP32)) {
            LOG.warn(
                    "this kind of network has no form for our own kernels, and oneDNN is switched off: {}, slab by slab,"
                            + " takes longer (1.6 times as long, measured with 8 to 64 channels)",
                    Arithmetic.LOOPS_FP32.label());
        }
        return ways;
    }

    private static boolean suits(NetworkConfig config, Arithmetic way) {
        return config.gpuForm().map(form -> form.suits(way.precision())).orElse(false);
    }

    /** Those in float: an archive that was made elsewhere holds its own precision. */
    private Ways inFloat() {
        Map<Arithmetic, String> none = new TreeMap<>(refused);
        allowed.stream()
                .filter(way -> way.precision() != Precision.FP32)
                .forEach(way -> none.put(way, "a network that was made elsewhere is computed in float"));
        return new Ways(
                allowed.stream()
                        .filter(way -> way.precision() == Precision.FP32)
                        .toList(),
                none);
    }

    /** Those by PyTorch. */
    Ways byLibrary() {
        Map<Arithmetic, String> none = new TreeMap<>(refused);
        allowed.stream()
                .filter(Arithmetic::needsCpuForm)
                .forEach(way -> none.put(way, "this kind of network has no form for them"));
        return new Ways(
                allowed.stream()
                        .filter(way -> !way.needsCpuForm() && !way.needsGpuForm())
                        .toList(),
                none);
    }

    private static List<Arithmetic> forced(ForcedArithmetic forced) {
        return switch (forced) {
            case FP32_WITHOUT_ONEDNN -> List.of(Arithmetic.OWN_FP32, Arithmetic.LIBRARY_FP32);
            case FP32 -> List.of(Arithmetic.LIBRARY_FP32);
            case BF16 -> List.of(Arithmetic.LIBRARY_BF16);
        };
    }
}
