package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ChannelIntensity;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import java.util.List;
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
            String path = "/training/preprocessing/explicit";
            requireScaling(
                    path,
                    new ChannelIntensity(
                            "all", values.windowLow(), values.windowHigh(), values.intensity(), values.score()));
            List<ChannelIntensity> channels = values.channels().orElse(List.of());
            for (int n = 0; n < channels.size(); n++) {
                requireScaling(path + "/channels/" + n, channels.get(n));
            }
        });
    }

    private static void requireScaling(String path, ChannelIntensity values) {
        if (!(values.windowLow() < values.windowHigh())) {
            throw new JobException(FailureCode.EVENT_INVALID, path + "/windowHigh: must be above windowLow");
        }
        boolean scored = values.intensity().equals(Optional.of(IntensityMethod.CLIPPED_SCORE));
        if (scored != values.score().isPresent()) {
            throw new JobException(
                    FailureCode.EVENT_INVALID, path + "/score: clipped-score has one, and nothing else has");
        }
        boolean percentiles = values.intensity().equals(Optional.of(IntensityMethod.PERCENTILES));
        if (percentiles && (values.windowLow() < 0 || values.windowHigh() > 100)) {
            throw new JobException(
                    FailureCode.EVENT_INVALID, path + ": windowLow and windowHigh of percentiles must be 0 to 100");
        }
    }
}
