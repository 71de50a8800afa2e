package io.deformux.worker.train.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A divergence is believed when it comes twice. */
class SecondLookTest {
    private final SecondLook look = new SecondLook(Device.cpu());
    private final List<FailureCode> coming = new ArrayList<>();
    private int runs;

    @Test
    void aSlipOfTheMachineIsOverTheSecondTime() {
        coming.add(FailureCode.TRAINING_DIVERGED);

        assertThatCode(() -> look.at(this::training)).doesNotThrowAnyException();
        assertThat(runs).isEqualTo(2);
    }

    /** Only what a CPU computes is the same each time. */
    @Test
    void theMachineIsBlamedOnlyWhereAStepIsAlwaysTheSame() {
        assertThat(new SecondLook(Device.cpu()).verdict())
                .contains("memory and processor")
                .doesNotContain("learning rate");
        assertThat(new SecondLook(Device.gpu(0)).verdict())
                .contains("learning rate")
                .doesNotContain("wrong");
    }

    @Test
    void aTrainingThatDivergesDoesSoTwice() {
        coming.addAll(List.of(FailureCode.TRAINING_DIVERGED, FailureCode.TRAINING_DIVERGED));

        assertThatThrownBy(() -> look.at(this::training))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.TRAINING_DIVERGED));
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void whatElseEndsATrainingEndsItAtOnce() {
        coming.add(FailureCode.JOB_CANCELLED);

        assertThatThrownBy(() -> look.at(this::training)).isInstanceOf(JobException.class);
        assertThat(runs).isEqualTo(1);
    }

    private void training() {
        if (runs++ < coming.size()) {
            throw new JobException(coming.get(runs - 1), "as wanted");
        }
    }
}
