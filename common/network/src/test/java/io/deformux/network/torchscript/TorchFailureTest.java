package io.deformux.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.engine.EngineException;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are PyTorch's own. */
class TorchFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.11 GiB",
                "CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported at some other API call",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "[enforce fail at alloc_cpu.cpp:115] err == 0. DefaultCPUAllocator: can't allocate memory",
                "DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes."
            })
    void aLackOfMemoryIsToldAsOne(String words) {
        assertThat(code(words)).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be reported later",
                "CUDA error: unspecified launch failure",
                "CUDA error: uncorrectable ECC error encountered",
                "CUDA error: unknown error",
                "CUDA driver error: 719",
                "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm`",
                "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"
            })
    void aGpuThatHasFailedIsNoFaultOfTheJob(String words) {
        assertThat(code(words)).isEqualTo(FailureCode.DEVICE_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sizes of tensors must match except in dimension 1. Expected size 6 but got size 7",
                "CUDA error: no kernel image is available for execution on the device",
                "CUDA error: invalid configuration argument",
                "CUDA error: CUBLAS_STATUS_NOT_SUPPORTED when calling `cublasGemmEx`",
                "cuDNN error: CUDNN_STATUS_NOT_SUPPORTED. This error may appear if the input is not contiguous"
            })
    void whatACallIsToBlameForLeavesTheGpuAsItWas(String words) {
        assertThat(code(words)).isEqualTo(FailureCode.NETWORK_FAILED);
    }

    @Test
    void callsGiveWhatTheyGiveOrFailWithACode() {
        assertThat(TorchFailure.coded(() -> 3)).isEqualTo(3);
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> TorchFailure.coded((Runnable) () -> {
                    throw new EngineException("CUDA out of memory");
                }))
                .extracting(JobException::code)
                .isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY);
    }

    private static FailureCode code(String words) {
        return TorchFailure.of(new EngineException(words)).code();
    }
}
