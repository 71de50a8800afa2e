package io.deformux.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.lang.ref.Reference;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
    private final HeapRoom room = new HeapRoom(2_000_000_000L);

    @Test
    void aVolumeThatFitsIsTaken() {
        assertThatCode(() -> room.require(500_000_000L, Float.BYTES)).doesNotThrowAnyException();
    }

    @Test
    void aVolumeThatWouldFillTheHeapToTheLastByteIsRefused() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> HeapRoom.of(400L << 20).require((400L << 20) / Float.BYTES, Float.BYTES))
                .withMessageContaining("takes 0.42 GB")
                .withMessageContaining("room for 0.39 GB");
        assertThatCode(() -> HeapRoom.of(400L << 20).require((360L << 20) / Float.BYTES, Float.BYTES))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsHeldIsNotLeftAndGarbageIs() {
        int bytes = 48 << 20;
        long before = HeapRoom.left(Long.MAX_VALUE).bytes();
        byte[] held = new byte[bytes];
        long beside = HeapRoom.left(Long.MAX_VALUE).bytes();
        Reference.reachabilityFence(held);
        held = null;

        assertThat(beside).isLessThan(before - bytes / 2);
        assertThat(HeapRoom.left(Long.MAX_VALUE).bytes()).isGreaterThan(beside + bytes / 2);
    }

    @Test
    void aVolumeThatCanNeverFitIsRefusedWithTheNumbers() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> room.require(600_000_000L, Float.BYTES))
                .withMessageContaining("600000000 voxels")
                .withMessageContaining("2.40 GB")
                .withMessageContaining("2.00 GB")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.HEAP_OUT_OF_MEMORY);
    }
}
