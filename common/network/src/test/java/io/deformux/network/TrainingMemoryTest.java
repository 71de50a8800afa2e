package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.uxnet.UxNet;
import io.deformux.network.architecture.uxnet.UxNetConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a step is estimated to take grows with weights, crops and their voxels. */
class TrainingMemoryTest {
    private static final UxNetConfig NETWORK = UxNet.ARCHITECTURE.configured(
            1,
            2,
            NetworkSettings.NONE
                    .with("featureSizes", List.of(4, 8, 8, 8))
                    .with("depths", List.of(1, 1, 1, 1))
                    .with("hidden", 8));

    @Test
    void eightTimesTheVoxelsAreEightTimesTheValues() {
        TrainingMemory small = TrainingMemory.of(NETWORK, 32, 32, 32);
        TrainingMemory large = TrainingMemory.of(NETWORK, 64, 64, 64);

        assertThat(large.perCrop()).isEqualTo(8 * small.perCrop());
        assertThat(small.perCrop())
                .as("its first and last block alone put out several maps of four channels")
                .isGreaterThan(4L * 4 * 32 * 32 * 32);
        assertThat(large.weights())
                .isEqualTo(small.weights())
                .isEqualTo(NETWORK.modules().count());
    }

    @Test
    void aValueTakesWhatNnunetsPaperPlansForIt() {
        TrainingMemory memory = new TrainingMemory(1000, 280_000_000);

        assertThat(memory.bytes(2)).isBetween(8_000_000_000L + 15_999, 8_000_000_000L + 16_001);
        assertThat(memory.bytes(4) - memory.bytes(2)).isBetween(7_999_999_999L, 8_000_000_001L);
    }

    @Test
    void aSizeThatTheNetworkDoesNotTakeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TrainingMemory.of(NETWORK, 33, 32, 32));
    }
}
