package io.deformux.worker.infer.scan;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ChannelAlignmentTest {
    /** Its values are where a voxel lies along x, in mm. */
    private static Volume ramp(Shape3 shape, double spacing, double from) {
        Geometry geometry =
                new Geometry(shape, Affine.of(spacing, 0, 0, from, 0, spacing, 0, from, 0, 0, spacing, from));
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = (float) (from + spacing * (n / (shape.h() * shape.w())));
        }
        return new Volume(geometry, voxels);
    }

    @Test
    void oneOnTheSameGridIsTakenAsItIs() {
        Volume first = ramp(new Shape3(8, 8, 8), 1, 0);
        Volume other = ramp(new Shape3(8, 8, 8), 1, 0.05);
        ChannelAlignment aligned = ChannelAlignment.of("T2", first, other);
        assertThat(aligned.warnings()).isEmpty();
        assertThat(aligned.volume().geometry()).isEqualTo(first.geometry());
        assertThatArray(aligned.volume().voxels()).isEqualTo(other.voxels());
    }

    @Test
    void oneOnAnotherGridIsResampledInMillimetresAndThatIsSaid() {
        Volume first = ramp(new Shape3(10, 9, 8), 1, 2);
        Volume other = ramp(new Shape3(8, 8, 8), 2, 0);
        ChannelAlignment aligned = ChannelAlignment.of("T2", first, other);
        assertThat(aligned.warnings()).extracting(Warning::code).containsExactly(WarningCode.CHANNEL_RESAMPLED);
        assertThat(aligned.warnings().get(0).message()).contains("T2").contains("(0.000, 0.000, 0.000) mm");
        for (int n = 0; n < first.voxels().length; n++) {
            assertThat((double) aligned.volume().voxels()[n]).isCloseTo(first.voxels()[n], within(1e-4));
        }
    }

    @Test
    void oneThatCoversAPartSaysHowMuch() {
        ChannelAlignment aligned =
                ChannelAlignment.of("T2", ramp(new Shape3(24, 24, 24), 1, 0), ramp(new Shape3(12, 30, 30), 1, 0));
        assertThat(aligned.warnings())
                .extracting(Warning::code)
                .containsExactly(WarningCode.CHANNEL_RESAMPLED, WarningCode.CHANNEL_COVERS_PART);
        assertThat(aligned.warnings().get(1).message()).contains("50 %");
    }

    @Test
    void oneOfAnotherPlaceIsRefused() {
        assertThatThrownBy(() ->
                        ChannelAlignment.of("T2", ramp(new Shape3(8, 8, 8), 1, 0), ramp(new Shape3(8, 8, 8), 1, 500)))
                .asInstanceOf(InstanceOfAssertFactories.type(JobException.class))
                .extracting(JobException::code)
                .isEqualTo(FailureCode.INPUT_CHANNELS_APART);
    }
}
