package io.deformux.worker.infer.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WindowBatchSizeTest {
    @Test
    void isOneWhereNobodyTellsTheMemory() {
        assertThat(WindowBatchSize.of(OptionalLong.empty(), OptionalLong.empty()))
                .isEqualTo(1);
    }

    @Test
    void growsWithWhatIsLeftBesideTheFirstWindow() {
        assertThat(of(80, 76)).isEqualTo(8);
        assertThat(of(16, 12)).isEqualTo(3);
        assertThat(of(8, 4)).isEqualTo(1);
        assertThat(of(8, 0)).isEqualTo(1);
    }

    @Test
    void isNotMoreWhereOthersHaveGivenMemoryBack() {
        assertThat(of(4, 8)).isEqualTo(8);
    }

    private static int of(long before, long after) {
        return WindowBatchSize.of(OptionalLong.of(before << 30), OptionalLong.of(after << 30));
    }
}
