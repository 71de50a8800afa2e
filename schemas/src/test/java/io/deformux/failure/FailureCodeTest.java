package io.deformux.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureCodeTest {
    @ParameterizedTest
    @EnumSource
    void theClassSaysWhetherAnotherTryMayHelp(FailureCode code) {
        assertThat(code.retryable())
                .isEqualTo(code.failureClass() != FailureClass.BAD_JOB && code.failureClass() != FailureClass.CRASH);
    }

    @ParameterizedTest
    @EnumSource(names = {"MODEL_STORE_UNAVAILABLE", "INPUT_ROOT_MISSING", "OUTPUT_ROOT_MISSING", "STORAGE_FULL"})
    void whatEveryJobNeedsIsNoJobsFault(FailureCode code) {
        assertThat(code.failureClass()).isEqualTo(FailureClass.ENVIRONMENT);
    }

    @Test
    void aFullDiskIsToldFromOtherFailures() {
        IOException full = new FileSystemException("/secret/path", null, "No space left on device");
        assertThat(DiskFull.or(FailureCode.OUTPUT_FAILED, full)).isEqualTo(FailureCode.STORAGE_FULL);
        assertThat(DiskFull.or(FailureCode.OUTPUT_FAILED, new UncheckedIOException(full)))
                .isEqualTo(FailureCode.STORAGE_FULL);
        assertThat(DiskFull.or(FailureCode.OUTPUT_FAILED, new IOException("Disk quota exceeded")))
                .isEqualTo(FailureCode.STORAGE_FULL);
        assertThat(DiskFull.or(FailureCode.OUTPUT_FAILED, new IOException("Input/output error")))
                .isEqualTo(FailureCode.OUTPUT_FAILED);
        assertThat(DiskFull.or(FailureCode.OUTPUT_FAILED, new IOException())).isEqualTo(FailureCode.OUTPUT_FAILED);
    }
}
