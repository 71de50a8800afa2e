package io.deformux.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    Path temp;

    @Test
    void everyJobHasItsOwnDirectoryForItsOwnerOnly() throws IOException {
        try (Scratch one = Scratch.in(temp.resolve("new"));
                Scratch two = Scratch.in(temp.resolve("new"))) {
            assertThat(one.path()).isNotEqualTo(two.path()).isEmptyDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void closingDeletesEverythingInItAndNothingElse() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "kept");
        Scratch scratch = Scratch.in(temp.resolve("scratch"));
        Files.writeString(Files.createDirectories(scratch.path().resolve("a/b")).resolve("file"), "gone");
        Files.createSymbolicLink(scratch.path().resolve("link"), outside);

        scratch.close();
        scratch.close();

        assertThat(scratch.path()).doesNotExist();
        assertThat(temp.resolve("scratch")).isEmptyDirectory();
        assertThat(outside.resolve("kept")).hasContent("kept");
    }

    @Test
    void aParentThatCannotBeAFolderIsSaidAtOnce() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> Scratch.in(file)).isInstanceOfSatisfying(JobException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.SCRATCH_UNAVAILABLE));
    }
}
