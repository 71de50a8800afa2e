package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.NetworkShape;
import io.deformux.schemas.Optimizer;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where trainings and comparisons of one output folder go. */
class OwnFolderTest {
    @TempDir
    private Path root;

    private String claim(Optional<String> given, int which) throws IOException {
        return OwnFolder.claim(
                        root,
                        given,
                        "train",
                        (id, folder) -> new JobProgress(id, "infer", which, 10, "windows", Optional.empty()))
                .jobId();
    }

    @Test
    void theSameRequestFindsItsFolderAgainAndAnotherOneGetsTheNext() throws IOException {
        assertThat(claim(Optional.empty(), 1)).isEqualTo("train");
        assertThat(claim(Optional.empty(), 2)).isEqualTo("train-2");
        assertThat(claim(Optional.empty(), 3)).isEqualTo("train-3");
        assertThat(claim(Optional.empty(), 2)).isEqualTo("train-2");
        assertThat(claim(Optional.empty(), 1)).isEqualTo("train");
    }

    @Test
    void aTrainingThatIsToGoOnForLongerFindsItsFolder() throws IOException {
        assertThat(training(10)).isEqualTo("train");
        assertThat(training(20)).isEqualTo("train");
        assertThat(claim(Optional.empty(), 1)).isEqualTo("train-2");
    }

    private String training(int iterations) throws IOException {
        TrainingSpec spec = new TrainingSpec(
                URI.create("file:///data/set"),
                PreprocessingSpec.explicit(new ExplicitPreprocessing(Optional.empty(), -100, 200, Optional.empty())),
                Split.drawn(1),
                new NetworkShape(List.of(4, 8), List.of(1, 1), 8, 3).architecture(),
                new TrainingSettings(iterations, 5, 1, 1, List.of(32, 32, 32), 1e-4, Optimizer.ADAMW, 0.01, true),
                1,
                Optional.empty());
        return OwnFolder.claim(
                        root,
                        Optional.empty(),
                        "train",
                        (id, folder) -> new TrainingRequested(id, spec, "organs", folder.toUri()))
                .trainingId();
    }

    @Test
    void aFolderThatSaysNothingOfItsRequestIsNobodysButWhoseNamesIt() throws IOException {
        Files.createDirectories(root.resolve("train"));

        assertThat(claim(Optional.empty(), 1)).isEqualTo("train-2");
        assertThat(claim(Optional.of("train"), 1)).isEqualTo("train");
        assertThat(claim(Optional.empty(), 1)).isEqualTo("train");
    }
}
