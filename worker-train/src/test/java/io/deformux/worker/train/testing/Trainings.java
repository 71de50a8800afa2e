package io.deformux.worker.train.testing;

import io.deformux.schemas.ArchitectureSpec;
import io.deformux.schemas.ComparedNetwork;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.schemas.ComparisonSpec;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.LabelDice;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import io.deformux.schemas.StoredFile;
import io.deformux.schemas.StoredModel;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldFailed;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events of a training. */
public final class Trainings {
    /** A digest of something. */
    public static final String DIGEST = "0123456789abcdef".repeat(4);

    private Trainings() {}

    /** A request for all of k folds. */
    public static TrainingRequested request(String id, int folds) {
        return request(id, Split.drawn(folds));
    }

    /** A request for the folds of a split. */
    public static TrainingRequested request(String id, Split split) {
        return new TrainingRequested(id, spec(split, -125, 275), "organs", URI.create("file:///out/" + id + "/"));
    }

    /** A request to compare networks of these names by all of k folds. */
    public static ComparisonRequested comparison(String id, int folds, String... networks) {
        TrainingSpec spec = spec(Split.drawn(folds), -125, 275);
        return new ComparisonRequested(
                id,
                new ComparisonSpec(spec.dataset(), spec.preprocessing(), spec.split(), spec.settings(), spec.seed()),
                Arrays.stream(networks)
                        .map(name -> new ComparedNetwork(name, spec.architecture()))
                        .toList(),
                "organs",
                URI.create("file:///out/" + id + "/"));
    }

    /** A measured fold's result with scores and a model nowhere. */
    public static FoldResult measured(String id, int fold) {
        StoredFile scores = new StoredFile(URI.create("file:///out/" + id + "/fold-" + fold + "/scores.json"), DIGEST);
        return measured(
                result(fold, 0.9, new StoredModel(URI.create("file:///out/" + id + "/fold-" + fold), DIGEST)), scores);
    }

    /** A result with what was measured. */
    public static FoldResult measured(FoldResult result, StoredFile scores) {
        return new FoldResult(
                result.fold(),
                result.dice(),
                result.meanDice(),
                result.bestIteration(),
                result.iterations(),
                result.model(),
                result.datasetSha256(),
                result.seeds(),
                result.durationMs(),
                Optional.of(new FoldMeasurement(scores, 1000, 2_000_000, 3000, 2, 40, Optional.of(5_000_000L))));
    }

    /** What to train, with an intensity window. */
    public static TrainingSpec spec(Split split, double low, double high) {
        return new TrainingSpec(
                URI.create("file:///data/set"),
                PreprocessingSpec.explicit(new ExplicitPreprocessing(Optional.empty(), low, high, Optional.empty())),
                split,
                new ArchitectureSpec("deform-uxnet", Map.of()),
                TrainingSettings.REFERENCE,
                1,
                Optional.empty());
    }

    /** A fold's result with a model nowhere. */
    public static TrainingFoldCompleted completed(String id, int fold) {
        return new TrainingFoldCompleted(
                id, result(fold, 0.9, new StoredModel(URI.create("file:///out/" + id + "/fold-" + fold), DIGEST)));
    }

    /** What came of a fold. */
    public static FoldResult result(int fold, double dice, StoredModel model) {
        return new FoldResult(
                fold,
                List.of(new LabelDice(1, "organ", Optional.of(dice))),
                dice,
                500,
                1000,
                model,
                DIGEST,
                Map.of("training", 1L),
                60_000);
    }

    /** A fold that failed for good. */
    public static TrainingFoldFailed failed(String id, int fold) {
        return new TrainingFoldFailed(id, fold, "DATASET_INVALID", "The data set is no data set.", false, 1);
    }
}
