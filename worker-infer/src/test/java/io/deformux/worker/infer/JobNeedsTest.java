package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobNeedsTest {
    private static final long MUCH = Long.MAX_VALUE;

    /** 10^9 voxels, and a tenth of them at the preset's spacing. */
    private final JobNeeds needs =
            JobNeeds.of(new Shape3(1000, 1000, 1000), Optional.of(new Shape3(1000, 1000, 100)), 1, 0, 96);

    @Test
    void aScanThatFitsBegins() {
        assertThatCode(() -> needs.require(5_500_000_000L, 1_000_000_000L)).doesNotThrowAnyException();
    }

    @Test
    void aScanThatNeverFitsIsRefusedWithTheNumbers() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> needs.require(4_000_000_000L, MUCH))
                .withMessageContaining("5.5 GB")
                .withMessageContaining("4.0 GB")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.HEAP_OUT_OF_MEMORY);
    }

    @Test
    void theLogitsOfAWindowsPlanesAreCounted() {
        Optional<Shape3> image = Optional.of(new Shape3(50, 100, 100));
        JobNeeds one = JobNeeds.of(new Shape3(10, 10, 10), image, 1, 1, 20);
        JobNeeds more = JobNeeds.of(new Shape3(10, 10, 10), image, 1, 4, 96);
        assertThat(more.heapBytes() - one.heapBytes()).isEqualTo(4L * (4 * 50 - 20) * 100 * 100);
    }

    @Test
    void aDiskWithoutRoomIsWaitedForWithTheNumbers() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> needs.require(MUCH, 999_000_000L))
                .withMessageContaining("1.0 GB")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.STORAGE_FULL);
    }
}
