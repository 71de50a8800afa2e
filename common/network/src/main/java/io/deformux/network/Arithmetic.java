package io.deformux.network;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.cpu.ConvolutionSource;
import io.deformux.network.cpu.Convolutions;
import io.deformux.network.cpu.JavaConvolutions;
import io.deformux.network.cpu.MixedConvolutions;
import io.deformux.network.cpu.TorchConvolutions;
import io.deformux.network.cpu.TorchLayers;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.proof.Tolerance;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.network.weights.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A way to compute a network: bf16 first, then those in float, which {@link #inFloat} brings in order. */
public enum Arithmetic implements ConvolutionSource {
    /** Bfloat16 on a GPU, by PyTorch's convolutions and our own kernels between them. */
    GPU_BF16(Precision.BF16, Tolerance.BF16, "library", "PyTorch and GPU kernels") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            throw new IllegalArgumentException(ONLY_ON_A_GPU);
        }
    },
    /** bfloat16, by PyTorch's convolutions. */
    LIBRARY_BF16(Precision.BF16, Tolerance.BF16, "library", "PyTorch") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            return new TorchConvolutions(Precision.BF16, torch, torch.newScope());
        }
    },
    /** Half precision, by PyTorch's convolutions on a GPU. */
    LIBRARY_FP16(Precision.FP16, Tolerance.TEN_BITS, "library", "PyTorch") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            throw new IllegalArgumentException(ONLY_ON_A_GPU);
        }
    },
    /** Float on a GPU, with products rounded to TF32, by PyTorch's convolutions and our own kernels between them. */
    GPU_TF32(Precision.FP32, Tolerance.TEN_BITS, "library", "PyTorch in TF32 and GPU kernels") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            throw new IllegalArgumentException(ONLY_ON_A_GPU);
        }
    },
    /** Float whose products a GPU rounds to TF32, by PyTorch's convolutions. */
    LIBRARY_TF32(Precision.FP32, Tolerance.TEN_BITS, "library", "PyTorch in TF32") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            throw new IllegalArgumentException(ONLY_ON_A_GPU);
        }
    },
    /** Float on a GPU, by PyTorch's convolutions and our own kernels between them. */
    GPU_FP32(Precision.FP32, Tolerance.FP32, "library", "PyTorch and GPU kernels") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            throw new IllegalArgumentException(ONLY_ON_A_GPU);
        }
    },
    /** Float, each convolution by whoever is faster: {@link MixedConvolutions}. */
    MIXED_FP32(Precision.FP32, Tolerance.FP32, "both", "PyTorch and own kernels") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            return new MixedConvolutions(
                    LIBRARY_FP32.convolutions(torch, kernels), OWN_FP32.convolutions(torch, kernels));
        }
    },
    /** Float, by PyTorch's convolutions. */
    LIBRARY_FP32(Precision.FP32, Tolerance.FP32, "library", "PyTorch") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            return new TorchConvolutions(Precision.FP32, torch, torch.newScope());
        }
    },
    /** Float, by Java kernels. */
    OWN_FP32(Precision.FP32, Tolerance.FP32, "own", "own kernels") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            return new JavaConvolutions(torch, kernels);
        }
    },
    /**
     * Float, by PyTorch's own loops: the calls of {@link #LIBRARY_FP32} in a process where oneDNN is off. For networks that
     * have no form for our kernels.
     */
    LOOPS_FP32(Precision.FP32, Tolerance.FP32, "library", "PyTorch's own loops") {
        @Override
        public Convolutions convolutions(TorchLayers torch, Kernels kernels) {
            return LIBRARY_FP32.convolutions(torch, kernels);
        }
    };

    private static final String ONLY_ON_A_GPU = "only a GPU computes so";

    private final Precision precision;
    private final Tolerance tolerance;
    private final String computedBy;
    private final String who;

    Arithmetic(Precision precision, Tolerance tolerance, String computedBy, String who) {
        this.precision = precision;
        this.tolerance = tolerance;
        this.computedBy = computedBy;
        this.who = who;
    }

    /** What maps and weights are held in. */
    public Precision precision() {
        return precision;
    }

    /** How far a right layer may be off. */
    public Tolerance tolerance() {
        return tolerance;
    }

    /** What it computes in, as in events: {@code fp32}, {@code tf32}, {@code bf16} or {@code fp16}. */
    public String format() {
        return roundsToTf32() ? "tf32" : precision.name().toLowerCase(Locale.ROOT);
    }

    /** Whether a GPU may round the factors of products of floats. */
    boolean roundsToTf32() {
        return this == LIBRARY_TF32 || this == GPU_TF32;
    }

    /** Whether our own kernels on a GPU have a part in it, which not every network has a form for. */
    boolean needsGpuForm() {
        return this == GPU_BF16 || this == GPU_TF32 || this == GPU_FP32;
    }

    /** The way that does the same with our own kernels on a GPU, if there is one. */
    Optional<Arithmetic> withGpuKernels() {
        return switch (this) {
            case LIBRARY_BF16 -> Optional.of(GPU_BF16);
            case LIBRARY_TF32 -> Optional.of(GPU_TF32);
            case LIBRARY_FP32 -> Optional.of(GPU_FP32);
            default -> Optional.empty();
        };
    }

    /** Whether our own kernels have a part in it, which not every network has a form for. */
    boolean needsCpuForm() {
        return this == OWN_FP32 || this == MIXED_FP32;
    }

    /** Who computes the convolutions, as in events: {@code library}, {@code own} or {@code both}. */
    public String computedBy() {
        return computedBy;
    }

    /**
     * The ways to compute in float, best first: with vectors our own kernels are as fast as PyTorch's or faster where there are
     * few channels; the plain ones are many times slower.
     */
    static List<Arithmetic> inFloat() {
        return Kernels.best().vectorised()
                ? List.of(MIXED_FP32, OWN_FP32, LIBRARY_FP32)
                : List.of(LIBRARY_FP32, OWN_FP32);
    }

    /** The best way to compute in that precision that this machine's library is trusted with; it proves nothing. */
    static Arithmetic of(Precision precision, Device device) {
        return first(ways(precision, device), precision);
    }

    /** The same for a network that has no form for our kernels. */
    static Arithmetic ofTorchScript(Precision precision, Device device) {
        return first(ways(precision, device).byLibrary(), precision);
    }

    private static Ways ways(Precision precision, Device device) {
        List<Arithmetic> wanted =
                switch (precision) {
                    case BF16 -> List.of(LIBRARY_BF16);
                    case FP16 -> List.of(LIBRARY_FP16);
                    case FP32 -> inFloat();
                };
        return Ways.of(wanted, device, TorchEngine.library());
    }

    private static Arithmetic first(Ways ways, Precision precision) {
        return ways.allowed().stream()
                .findFirst()
                .orElseThrow(() -> new JobException(
                        FailureCode.ARITHMETIC_UNPROVEN,
                        "no way to compute in " + precision + " is right on this machine: " + ways.refused()));
    }

    /** In words, for logs. */
    public String label() {
        return precision.name().toLowerCase(Locale.ROOT) + " by " + who;
    }
}
