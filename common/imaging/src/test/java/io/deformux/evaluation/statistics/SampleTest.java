package io.deformux.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theDeviationIsThatOfASample() {
        Sample sample = Sample.of(2, 4, 4, 4, 5, 5, 7, 9);

        assertThat(sample.mean()).hasValue(5);
        assertThat(sample.sd().getAsDouble()).isEqualTo(Math.sqrt(32.0 / 7), within(1e-12));
    }

    @Test
    void aCaseWithoutAFigureIsNotCounted() {
        assertThat(Sample.of(Double.NaN, 3)).isEqualTo(Sample.of(3));
        assertThat(Sample.of(3).count()).isEqualTo(1);
        assertThat(Sample.of(3).sd()).isEmpty();
        assertThat(Sample.of(Double.NaN).mean()).isEmpty();
    }
}
