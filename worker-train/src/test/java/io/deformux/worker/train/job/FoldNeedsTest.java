package io.deformux.worker.train.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FoldNeedsTest {
    private static final long MUCH = Long.MAX_VALUE;

    private final FoldNeeds needs = new FoldNeeds(3_000_000_000L, 2_000_000_000L, 1_000_000_000L);

    @Test
    void aFoldThatFitsBegins() {
        assertThatCode(() -> needs.require(3_000_000_000L, OptionalLong.of(2_000_000_000L), 1_000_000_000L))
                .doesNotThrowAnyException();
        assertThatCode(() -> needs.require(MUCH, OptionalLong.empty(), MUCH)).doesNotThrowAnyException();
    }

    @Test
    void aFoldThatNeverFitsIsRefusedWithTheNumbers() {
        refused(2_900_000_000L, MUCH, MUCH, FailureCode.HEAP_OUT_OF_MEMORY, "3.0 GB", "2.9 GB");
        refused(MUCH, 1_900_000_000L, MUCH, FailureCode.DEVICE_OUT_OF_MEMORY, "2.0 GB", "1.9 GB");
    }

    @Test
    void aDiskWithoutRoomIsWaitedForWithTheNumbers() {
        refused(MUCH, MUCH, 900_000_000L, FailureCode.STORAGE_FULL, "1.0 GB", "0.9 GB");
    }

    @Test
    void cropsAndTheLargestValidationCaseAreCounted() {
        FoldSettings settings = FoldJobTest.SETTINGS;
        FoldNeeds before = FoldNeeds.of(settings);
        FoldNeeds after = FoldNeeds.of(settings, Optional.of(new Shape3(100, 200, 300)));
        long weights = Float.BYTES * settings.network().modules().count();
        long batch = settings.crop().voxels() * settings.casesPerIteration() * settings.cropsPerCase();
        int classes = settings.network().outChannels();

        assertThat(before.heapBytes()).isEqualTo(4 * weights + 4 * batch * 5);
        assertThat(before.nativeBytes()).isEqualTo(4 * weights + 4 * batch * (1 + 2 * classes));
        assertThat(before.diskBytes()).isEqualTo(8 * weights);
        assertThat(after.heapBytes())
                .isEqualTo(weights
                        + 4 * batch * 5
                        + 6_000_000L * 6
                        + 4L * classes * settings.crop().d() * 60_000);
    }

    private void refused(long heap, long beside, long disk, FailureCode code, String... numbers) {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> needs.require(heap, OptionalLong.of(beside), disk))
                .withMessageContainingAll(numbers)
                .extracting(JobException::code)
                .isEqualTo(code);
    }
}
