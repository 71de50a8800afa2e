package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.schemas.JobProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where trainings and comparisons of one output folder go. */
class OwnFolderTest {
    @TempDir
    private Path root;

    private String claim(Optional<String> given, int which) throws IOException {
        return OwnFolder.claim(root, given, "train", (id, folder) ->
                        new JobProgress(id, "infer", which, 10, "windows", Optional.empty()))
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
    void aFolderThatSaysNothingOfItsRequestIsNobodysButWhoseNamesIt() throws IOException {
        Files.createDirectories(root.resolve("train"));

        assertThat(claim(Optional.empty(), 1)).isEqualTo("train-2");
        assertThat(claim(Optional.of("train"), 1)).isEqualTo("train");
        assertThat(claim(Optional.empty(), 1)).isEqualTo("train");
    }
}
