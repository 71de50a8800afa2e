package io.deformux.volume;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
    private final HeapRoom room = new HeapRoom(2_000_000_000L);

    @Test
    void aVolumeThatFitsIsTaken() {
        assertThatCode(() -> room.require(500_000_000L, Float.BYTES)).doesNotThrowAnyException();
    }

    @Test
    void aVolumeThatCanNeverFitIsRefusedWithTheNumbers() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> room.require(600_000_000L, Float.BYTES))
                .withMessageContaining("600000000 voxels")
                .withMessageContaining("2.4 GB")
                .withMessageContaining("2.0 GB")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.HEAP_OUT_OF_MEMORY);
    }
}
