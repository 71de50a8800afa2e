package io.deformux.network;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.cpu.ConvolutionSource;
import io.deformux.network.cpu.Convolutions;
import io.deformux.network.cpu.JavaConvolutions;
import io.deformux.network.cpu.TorchConvolutions;
import io.deformux.network.cpu.TorchLayers;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.proof.Tolerance;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.network.weights.Precision;
import java.util.List;
import java.util.Locale;

/** A way to compute a network: bf16 first, then those in float, which {@link #inFloat} brings in order. */
public enum Arithmetic implements ConvolutionSource {
    /** bfloat16, by PyTorch's convolutions. */
    LIBRARY_BF16(Precision.BF16, Tolerance.BF16, "library") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            return new TorchConvolutions(Precision.BF16, torch, torch.newScope());
        }
    },
    /** Float, by PyTorch's convolutions. */
    LIBRARY_FP32(Precision.FP32, Tolerance.FP32, "library") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            return new TorchConvolutions(Precision.FP32, torch, torch.newScope());
        }
    },
    /** Float, by Java kernels. */
    OWN_FP32(Precision.FP32, Tolerance.FP32, "own") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            return new JavaConvolutions(torch, kernels);
        }
    };

    private final Precision precision;
    private final Tolerance tolerance;
    private final String computedBy;

    Arithmetic(Precision precision, Tolerance tolerance, String computedBy) {
        this.precision = precision;
        this.tolerance = tolerance;
        this.computedBy = computedBy;
    }

    /** What maps and weights are held in. */
    public Precision precision() {
        return precision;
    }

    /** How far a right layer may be off. */
    public Tolerance tolerance() {
        return tolerance;
    }

    /** Who computes the convolutions, as in events: {@code library} or {@code own}. */
    public String computedBy() {
        return computedBy;
    }

    /**
     * The ways to compute in float, best first. With vectors our own kernels measured as fast as PyTorch's on wide networks
     * and twice as fast on narrow ones; the plain ones are many times slower.
     */
    static List<Arithmetic> inFloat() {
        return Kernels.best().vectorised() ? List.of(OWN_FP32, LIBRARY_FP32) : List.of(LIBRARY_FP32, OWN_FP32);
    }

    /** The best way to compute in that precision that this machine's library is trusted with; it proves nothing. */
    static Arithmetic of(Precision precision, Device device) {
        List<Arithmetic> wanted = precision == Precision.BF16 ? List.of(LIBRARY_BF16) : inFloat();
        Ways ways = Ways.of(wanted, device, TorchEngine.library());
        return ways.allowed().stream()
                .findFirst()
                .orElseThrow(() -> new JobException(
                        FailureCode.ARITHMETIC_UNPROVEN,
                        "no way to compute in " + precision + " is right on this machine: " + ways.refused()));
    }

    /** In words, for logs. */
    public String label() {
        return precision.name().toLowerCase(Locale.ROOT) + " by "
                + (computedBy.equals("own") ? "own kernels" : "PyTorch");
    }
}
