package io.deformux.worker.infer.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.scripted.ScriptedConfig;
import io.deformux.network.architecture.uxnet.UxNet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WindowBatchSizeTest {
    private static final NetworkConfig UX_NET = UxNet.ARCHITECTURE.configured(1, 2, NetworkSettings.NONE);

    @Test
    void isOneWhereNobodyTellsTheMemory() {
        assertThat(WindowBatchSize.of(UX_NET, OptionalLong.empty(), OptionalLong.empty()))
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

    @Test
    void isOneForAnArchiveThatWasTriedWithOneWindow() {
        ScriptedConfig archive = new ScriptedConfig(1, 2, List.of(96, 96, 96));
        assertThat(WindowBatchSize.of(archive, OptionalLong.of(80L << 30), OptionalLong.of(76L << 30)))
                .isEqualTo(1);
    }

    private static int of(long before, long after) {
        return WindowBatchSize.of(UX_NET, OptionalLong.of(before << 30), OptionalLong.of(after << 30));
    }
}
