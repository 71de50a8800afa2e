package io.deformux.worker.train.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    private static final int MUCH = 200_000_000;

    /** Else a network that is measured behind a large one has the heap of that one. */
    @Test
    void theHeapOfWhatRanBeforeIsNotCounted() {
        Assumptions.assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")));
        ProcessMemory memory = new ProcessMemory();
        memory.beginAnew();
        fill();
        long with = memory.largest().orElseThrow();

        memory.beginAnew();

        assertThat(memory.largest().orElseThrow()).isLessThan(with - MUCH / 2);
    }

    private static void fill() {
        byte[][] heap = new byte[50][];
        for (int n = 0; n < heap.length; n++) {
            heap[n] = new byte[MUCH / 25];
            Arrays.fill(heap[n], (byte) 1);
        }
        assertThat(heap[7][7]).isEqualTo((byte) 1);
    }

    @Test
    void whatWasThereBeforeIsForgottenAndWhatComesIsSeen() {
        Assumptions.assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")));
        ProcessMemory memory = new ProcessMemory();
        assertThat(memory.largest()).isEmpty();
        memory.beginAnew();
        long before = memory.largest().orElseThrow();

        ByteBuffer taken = ByteBuffer.allocateDirect(MUCH);
        for (int n = 0; n < MUCH; n += 4096) {
            taken.put(n, (byte) 1);
        }

        assertThat(memory.largest().orElseThrow()).isGreaterThan(before + MUCH / 2);
        assertThat(taken.get(4096)).isEqualTo((byte) 1);
    }
}
