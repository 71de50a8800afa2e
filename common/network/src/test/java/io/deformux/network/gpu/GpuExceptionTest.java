package io.deformux.network.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those of the CUDA Driver API. */
class GpuExceptionTest {
    /** No device, ECC, NVLink, illegal address, time limit, illegal instruction, launch failure, unknown. */
    @ParameterizedTest
    @ValueSource(ints = {100, 214, 220, 700, 702, 715, 719, 999})
    void aGpuThatHasFailedIsNoFaultOfTheJob(int status) {
        assertThat(code(status)).isEqualTo(FailureCode.DEVICE_FAILED);
    }

    /** Invalid value, no binary for this GPU, invalid PTX, not found, too many resources. */
    @ParameterizedTest
    @ValueSource(ints = {1, 209, 218, 500, 701})
    void aCallThatIsRefusedLeavesAnotherWayToCompute(int status) {
        assertThat(code(status)).isEqualTo(FailureCode.NETWORK_FAILED);
    }

    @Test
    void aLackOfMemoryIsToldAsOne() {
        assertThat(code(2)).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY);
    }

    @Test
    void theCallAndItsAnswerAreTold() {
        assertThat(GpuException.of("cuEventSynchronize", 700))
                .hasMessageContaining("cuEventSynchronize gave status 700");
    }

    private static FailureCode code(int status) {
        return GpuException.of("cuLaunchKernel", status).code();
    }
}
