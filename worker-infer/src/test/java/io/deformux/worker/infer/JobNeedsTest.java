package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.volume.Shape3;
import io.deformux.worker.infer.probability.MapWish;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobNeedsTest {
    private static final long MUCH = Long.MAX_VALUE;

    /** 10^9 voxels, and a tenth of them at the preset's spacing. */
    private final JobNeeds needs =
            JobNeeds.of(new Shape3(1000, 1000, 1000), Optional.of(new Shape3(1000, 1000, 100)), 1, 0, 96, MapWish.NONE);

    @Test
    void aScanThatFitsBegins() {
        assertThatCode(() -> needs.require(5_500_000_000L, 0, 1_000_000_000L)).doesNotThrowAnyException();
    }

    @Test
    void aScanThatNeverFitsIsRefusedWithTheNumbers() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> needs.require(4_000_000_000L, MUCH, MUCH))
                .withMessageContaining("5.5 GB")
                .withMessageContaining("4.0 GB")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.HEAP_OUT_OF_MEMORY);
    }

    @Test
    void theLogitsOfAWindowsPlanesAreCounted() {
        Optional<Shape3> image = Optional.of(new Shape3(50, 100, 100));
        JobNeeds one = JobNeeds.of(new Shape3(10, 10, 10), image, 1, 1, 20, MapWish.NONE);
        JobNeeds more = JobNeeds.of(new Shape3(10, 10, 10), image, 1, 4, 96, MapWish.NONE);
        assertThat(more.heapBytes() - one.heapBytes()).isEqualTo(4L * (4 * 50 - 20) * 100 * 100);
    }

    /** The sums lie on the GPU; what comes back waits beside the heap, up to 1 GiB. */
    @Test
    void onAGpuWhatComesBackIsCountedBesideTheHeap() {
        Shape3 scan = new Shape3(10, 10, 10);
        JobNeeds few = JobNeeds.onGpu(scan, Optional.of(new Shape3(50, 100, 100)), 1, 4, 1, MapWish.NONE);
        assertThat(few.heapBytes()).isEqualTo(5L * (1000 + 500_000));
        assertThat(few.waitingBytes()).isEqualTo(4L * 4 * 500_000);
        JobNeeds ensemble = JobNeeds.onGpu(scan, Optional.of(new Shape3(50, 100, 100)), 1, 4, 3, MapWish.NONE);
        assertThat(ensemble.waitingBytes())
                .as("the members' entropies come too")
                .isEqualTo(4L * 5 * 500_000);
        JobNeeds many = JobNeeds.onGpu(scan, Optional.of(new Shape3(500, 500, 500)), 1, 16, 1, MapWish.NONE);
        assertThat(many.waitingBytes()).isEqualTo(1L << 30);
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> many.require(MUCH, 500_000_000L, MUCH))
                .withMessageContaining("1.1 GB")
                .withMessageContaining("0.5 GB")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY);
    }

    @Test
    void mapsTakeTwoBytesPerVoxelEach() {
        Optional<Shape3> image = Optional.of(new Shape3(50, 100, 100));
        MapWish wish = new MapWish(List.of(1, 2), true, true, ProbabilityGrid.SCAN, ProbabilityType.UINT8);
        JobNeeds without = JobNeeds.of(new Shape3(10, 10, 10), image, 1, 4, 96, MapWish.NONE);
        JobNeeds with = JobNeeds.of(new Shape3(10, 10, 10), image, 1, 4, 96, wish);
        assertThat(with.diskBytes() - without.diskBytes()).isEqualTo(4L * 2 * 50 * 100 * 100);
        assertThat(with.heapBytes()).isEqualTo(without.heapBytes());
    }

    @Test
    void aScanThatIsStoredTooTakesTwoBytesPerVoxelOfTheDisk() {
        JobNeeds with = needs.withScan(new Shape3(1000, 1000, 1000));
        assertThat(with.diskBytes() - needs.diskBytes()).isEqualTo(2_000_000_000L);
        assertThat(with.heapBytes()).isEqualTo(needs.heapBytes());
    }

    @Test
    void aDiskWithoutRoomIsWaitedForWithTheNumbers() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> needs.require(MUCH, MUCH, 999_000_000L))
                .withMessageContaining("1.0 GB")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.STORAGE_FULL);
    }
}
