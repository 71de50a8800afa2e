package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import io.deformux.network.gpu.DeviceMemory;
import io.deformux.network.gpu.FakeGpus;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
    private final DeviceChoice none = new DeviceChoice(new FakeGpus(0, 9), () -> false);
    private final DeviceChoice two = new DeviceChoice(new FakeGpus(2, 9), () -> true);

    @Test
    void autoIsEveryGpuThatTheDriverShowsElseTheCpu() {
        assertThat(none.all("auto")).containsExactly("cpu");
        assertThat(two.all("auto")).containsExactly("cuda:0", "cuda:1");
        assertThat(two.first("auto")).isEqualTo("cuda:0");
    }

    @Test
    void autoIsTheCpuWhereThePyTorchIsOneForCpus() {
        assertThat(new DeviceChoice(new FakeGpus(2, 9), () -> false).all("auto"))
                .containsExactly("cpu");
    }

    @Test
    void aNameIsThatDevice() {
        assertThat(two.all("cpu")).containsExactly("cpu");
        assertThat(two.all("cuda")).containsExactly("cuda:0");
        assertThat(two.all("cuda:1")).containsExactly("cuda:1");
    }

    @Test
    void aGpuThatIsNotThereIsToldInOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.all("cuda:0"))
                .withMessageMatching("there is no cuda:0: .* shows this process no GPU .*");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.all("cuda:2"))
                .withMessageMatching("there is no cuda:2: .* cuda:0 to cuda:1 .*");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceChoice(new FakeGpus(1, 9), () -> false).all("cuda:0"))
                .withMessageContaining("PYTORCH_LIBRARY_PATH");
    }

    @Test
    void memoryIsToldOfGpusThatAnswer() {
        FakeGpus gpus = new FakeGpus(1, 9);
        DeviceMemory memory = DeviceMemory.of(gpus);
        assertThat(memory.free(Device.cpu())).isEmpty();
        assertThat(memory.free(Device.gpu(0))).isPresent();
        gpus.lose();
        assertThat(memory.free(Device.gpu(0))).isEmpty();
    }
}
