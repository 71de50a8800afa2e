package io.deformux.worker.train.preparation;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelledVoxelsTest {
    private static final byte[] TRUTH = {0, LabelledVoxels.IGNORED, 1, LabelledVoxels.IGNORED};
    private static final byte[] PREDICTED = {1, 1, 1, 0};

    @Test
    void voxelsWithoutAClassAreLeftOut() {
        assertThatArray(LabelledVoxels.only(PREDICTED, TRUTH, 2)).isEqualTo(new byte[] {1, 1});
        assertThatArray(LabelledVoxels.only(TRUTH, TRUTH, 2)).isEqualTo(new byte[] {0, 1});
    }

    @Test
    void orAreBackgroundWhereAllHaveToStayInTheirPlaces() {
        assertThatArray(LabelledVoxels.elseBackground(PREDICTED, TRUTH, 2)).isEqualTo(new byte[] {1, 0, 1, 0});
    }

    @Test
    void with256ClassesThereAreNone() {
        assertThat(LabelledVoxels.lack(TRUTH, 255)).isTrue();
        assertThat(LabelledVoxels.lack(TRUTH, 256)).isFalse();
        assertThat(LabelledVoxels.only(PREDICTED, TRUTH, 256)).isSameAs(PREDICTED);
    }
}
