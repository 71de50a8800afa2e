package io.deformux.network.torchscript;

import ai.djl.engine.EngineException;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What has failed in PyTorch, with its code: {@code DEVICE_OUT_OF_MEMORY}, {@code DEVICE_FAILED} of a GPU, else {@code
 * NETWORK_FAILED}. PyTorch says which in words only.
 */
public final class TorchFailure {
    private static final List<String> MEMORY = List.of(
            "out of memory",
            "not enough memory",
            "allocate memory",
            "status_alloc_failed",
            // Which is what is said where a handle cannot be made for want of memory.
            "cublas_status_not_initialized",
            "cudnn_status_not_initialized");
    private static final List<String> DEVICE =
            List.of("cuda error", "cuda driver error", "cudnn_status_execution_failed", "cudnn_status_internal_error");

    /** Where a GPU answers that the call is to blame: wrong values, code that does not fit the card, a launch that takes too much. */
    private static final List<String> OF_THE_CALL = List.of(
            "cuda error: invalid argument",
            "cuda error: invalid configuration argument",
            "cuda error: invalid device function",
            "cuda error: no kernel image",
            "cuda error: too many resources requested",
            "cuda error: operation not supported",
            "cuda error: the provided ptx",
            "cublas_status_invalid_value",
            "cublas_status_arch_mismatch",
            "cublas_status_not_supported");

    private TorchFailure() {}

    /** What calls of PyTorch give. */
    public static <T> T coded(Supplier<T> calls) {
        try {
            return calls.get();
        } catch (EngineException e) {
            throw of(e);
        }
    }

    /** The same of calls that give nothing. */
    public static void coded(Runnable calls) {
        coded(() -> {
            calls.run();
            return null;
        });
    }

    /** A failure with its code. */
    public static JobException of(EngineException e) {
        String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (MEMORY.stream().anyMatch(words::contains)) {
            return new JobException(
                    FailureCode.DEVICE_OUT_OF_MEMORY,
                    "the device has too little memory: use a smaller window or fewer windows at a time",
                    e);
        }
        if (DEVICE.stream().anyMatch(words::contains) && OF_THE_CALL.stream().noneMatch(words::contains)) {
            return new JobException(
                    FailureCode.DEVICE_FAILED,
                    "the GPU or its driver has failed; the logs of the worker and of the machine say more",
                    e);
        }
        return new JobException(FailureCode.NETWORK_FAILED, "the network failed; the worker's log says why", e);
    }
}
