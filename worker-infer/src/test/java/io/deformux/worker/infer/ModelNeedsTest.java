package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.PrecisionChoice;
import io.deformux.worker.infer.settings.ComputeSettings;
import org.junit.jupiter.api.Test;

class ModelNeedsTest {
    private final ModelNeeds needs = new ModelNeeds(3_000_000_000L);

    @Test
    void aModelThatFitsIsTaken() {
        assertThatCode(() -> needs.require(3_000_000_000L)).doesNotThrowAnyException();
    }

    @Test
    void aModelThatDoesNotFitIsRefusedWithTheNumbers() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> needs.require(2_000_000_000L))
                .withMessageContaining("3.0 GB")
                .withMessageContaining("2.0 GB")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY);
    }

    @Test
    void onlyWhereTheNetworkRunsInTheMachinesMemoryIsItCompared() {
        assertThat(new ComputeSettings("cpu", PrecisionChoice.FP32, false, false).nativeRoom())
                .isPresent();
    }
}
