package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
    @Test
    void readsWhatEventsAndConfigurationsName() {
        assertThat(Devices.parse("cpu")).isEqualTo(Device.cpu());
        assertThat(Devices.parse("cuda")).isEqualTo(Device.gpu(0));
        assertThat(Devices.parse("cuda:11")).isEqualTo(Device.gpu(11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda:0", "cuda:3"})
    void namesADeviceAsItReadsIt(String name) {
        assertThat(Devices.name(Devices.parse(name))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu0", "CPU", "cuda:", "cuda:-1", "cuda0", "cuda:9999", "mps"})
    void refusesAnyOtherNameAndSaysWhatItTakes(String name) {
        assertThatThrownBy(() -> Devices.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the device must be auto, cpu or cuda:N, not " + name);
    }
}
