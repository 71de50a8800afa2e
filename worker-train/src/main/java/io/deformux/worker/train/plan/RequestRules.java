package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import java.util.Optional;

/** What no schema can say of a request. */
final class RequestRules {
    private RequestRules() {}

    /** Throws {@code FOLDS_INVALID} or {@code EVENT_INVALID}. */
    static void requireConsistent(Split split, PreprocessingSpec preprocessing) {
        for (int fold : split.chosen()) {
            if (fold >= split.folds()) {
                throw new JobException(
                        FailureCode.FOLDS_INVALID,
                        "Fold " + fold + " is asked for, but " + split.folds() + " folds are counted from 0 to "
                                + (split.folds() - 1) + ".");
            }
        }
        preprocessing.explicit().ifPresent(values -> {
            if (!(values.windowLow() < values.windowHigh())) {
                throw new JobException(
                        FailureCode.EVENT_INVALID,
                        "/training/preprocessing/explicit/windowHigh: must be above windowLow");
            }
            boolean scored = values.intensity().equals(Optional.of(IntensityMethod.CLIPPED_SCORE));
            if (scored != values.score().isPresent()) {
                throw new JobException(
                        FailureCode.EVENT_INVALID,
                        "/training/preprocessing/explicit/score: clipped-score has one, and nothing else has");
            }
            boolean percentiles = values.intensity().equals(Optional.of(IntensityMethod.PERCENTILES));
            if (percentiles && (values.windowLow() < 0 || values.windowHigh() > 100)) {
                throw new JobException(
                        FailureCode.EVENT_INVALID,
                        "/training/preprocessing/explicit: windowLow and windowHigh of percentiles must be 0 to 100");
            }
        });
    }
}
