package io.deformux.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deformux.network.Architectures;
import io.deformux.network.Arithmetic;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceScanBenchTest {
    @Test
    void aScanTakesAsLongAsTheRatioSaysOfItsWindows() {
        NetworkConfig config = Architectures.configured(
                "nnu-net",
                1,
                2,
                NetworkSettings.given(
                        Map.of("features", "2,4", "kernels", "[3,3,3],[3,3,3]", "strides", "[1,1,1],[2,2,2]")));
        List<Figure> figures = new DeviceScanBench(config, config.modules().randomWeights(1), Device.cpu(), 8)
                .run(Arithmetic.LIBRARY_FP32);
        assertThat(figures).hasSize(2).allMatch(figure -> figure.value() > 0);
        assertThat(figures.get(0).isRatio()).isTrue();
        assertThat(figures.get(0).name()).contains("16^3 in 27 windows");
    }
}
