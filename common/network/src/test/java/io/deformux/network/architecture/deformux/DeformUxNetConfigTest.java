package io.deformux.network.architecture.deformux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeformUxNetConfigTest {
    private static final List<Integer> FEATURES = List.of(4, 8, 12, 16);
    private static final List<Integer> DEPTHS = List.of(1, 1, 1, 1);

    @ParameterizedTest
    @CsvSource({"0, 3, 24, 3", "1, 0, 24, 3", "1, 3, 0, 3", "1, 3, 24, 2", "1, 3, 1000000, 3", "-1, 3, 24, 3"})
    void refusesNumbersOutOfBounds(int in, int out, int hidden, int kernel) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeformUxNetConfig(in, out, FEATURES, DEPTHS, hidden, kernel));
    }

    @Test
    void refusesAnotherNumberOfStages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeformUxNetConfig(1, 3, List.of(4, 8), DEPTHS, 24, 3))
                .withMessageContaining("featureSizes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeformUxNetConfig(1, 3, FEATURES, List.of(1, 1, 1, 0), 24, 3))
                .withMessageContaining("depths");
    }

    @Test
    void refusesANetworkThatNoArchiveHolds() {
        DeformUxNetConfig vast = new DeformUxNetConfig(1, 3, List.of(2048, 2048, 2048, 2048), DEPTHS, 2048, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> vast.modules());
    }

    @ParameterizedTest
    @CsvSource({"16, 16, 16", "0, 32, 32", "32, 32, 40", "-16, 32, 32"})
    void refusesImagesTheNetworkCannotHalveFourTimes(int d, int h, int w) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeformUxNetConfig.published(2).requireSize(d, h, w));
    }

    @Test
    void takesImagesWithAtLeastTwoVoxelsAtTheDeepestLevel() {
        assertThatNoException().isThrownBy(() -> DeformUxNetConfig.published(2).requireSize(16, 16, 32));
    }

    @Test
    void hasNoProjectionWhereAnEncoderLevelKeepsItsChannels() {
        DeformUxNetConfig config = new DeformUxNetConfig(4, 3, List.of(4, 8, 8, 16), DEPTHS, 16, 1);
        assertThat(config.modules().shapes().keySet())
                .contains("encoder2.layer.conv3.conv.weight", "decoder4.conv_block.conv3.conv.weight")
                .doesNotContain(
                        "encoder1.layer.conv3.conv.weight",
                        "encoder3.layer.conv3.conv.weight",
                        "encoder5.layer.conv3.conv.weight",
                        "decoder1.layer.conv3.conv.weight");
    }
}
