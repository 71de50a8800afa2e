package io.deformux.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.network.gpu.Gpu;
import io.deformux.network.gpu.Gpus;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceCheckTest {
    /** A GPU that answers or not. */
    private record One(boolean answers) implements Gpus {
        @Override
        public List<Gpu> all() {
            return List.of(new Gpu(0, "NVIDIA Test", 9, 0, 1));
        }

        @Override
        public long free(int index) {
            if (!answers) {
                throw new IllegalStateException("status 700");
            }
            return 1;
        }
    }

    @Test
    void aGpuIsInOrderWhileItAnswers() {
        assertThat(new DeviceCheck("cuda:0", new One(true)).problem()).isEmpty();
        assertThat(new DeviceCheck("cuda:0", new One(false)).problem()).contains("DEVICE_UNUSABLE");
    }

    @Test
    void aCpuIsNotAsked() {
        assertThat(new DeviceCheck("cpu", new One(false)).problem()).isEmpty();
    }
}
