package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialFolderTest {
    @TempDir
    private Path parent;

    @Test
    void whatDeadTrialsHaveLeftIsDeletedAndNothingElseIs() throws IOException {
        Path left =
                folder("deformux-trial-1", TrialFolder.ABANDONED.plusMinutes(1).toSeconds());
        Path living = folder("deformux-trial-2", 120);
        Path other =
                folder("something-else", TrialFolder.ABANDONED.multipliedBy(2).toSeconds());

        try (TrialFolder own = TrialFolder.in(parent)) {
            assertThat(own.path()).isDirectory();
            assertThat(left).doesNotExist();
            assertThat(living).exists();
            assertThat(other).exists();
        }

        try (var rest = Files.list(parent)) {
            assertThat(rest).containsExactlyInAnyOrder(living, other);
        }
    }

    private Path folder(String name, long secondsOld) throws IOException {
        Path made = Files.createDirectory(parent.resolve(name));
        Files.writeString(made.resolve("answer"), "x");
        return Files.setLastModifiedTime(made, FileTime.from(Instant.now().minusSeconds(secondsOld)));
    }
}
