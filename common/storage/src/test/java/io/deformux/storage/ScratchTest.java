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

    @Test
    void whatADeadProcessHasLeftIsSweptAndWhatALivingOneHasIsNot() throws IOException, InterruptedException {
        Path parent = temp.resolve("scratch");
        Path attempt = temp.resolve("out/.attempt-1");
        try (Scratch own = Scratch.in(parent);
                ScratchProcess other = ScratchProcess.start(parent, attempt)) {
            Files.writeString(own.path().resolve("scan"), "kept");
            Scratch.sweep(parent);
            assertThat(other.scratch().resolve("scan")).exists();
            assertThat(attempt.resolve("labels")).exists();

            other.kill();
            Scratch.sweep(parent);
            assertThat(other.scratch()).doesNotExist();
            assertThat(attempt).doesNotExist();
            assertThat(own.path().resolve("scan")).hasContent("kept");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatAnotherHostOrAnotherProgramHasLeftIsNotSwept() throws IOException {
        Path ofOther = Files.createDirectories(temp.resolve(".job-00000000-1"));
        Files.writeString(ofOther.resolve("owner"), "another-host.example\n1\n");
        Path unclaimed = Files.createDirectories(temp.resolve(".job-00000000-2"));
        Path file = Files.writeString(temp.resolve(".job-00000000-3"), "a file");
        Path plain = Files.createDirectories(temp.resolve("series"));

        Scratch.sweep(temp);
        Scratch.sweep(temp.resolve("missing"));

        assertThat(ofOther).exists();
        assertThat(unclaimed).exists();
        assertThat(file).exists();
        assertThat(plain).exists();
    }

    @Test
    void aCancelledJobLeavesNothingEither() throws IOException {
        Path attempt = temp.resolve("out/.attempt-1");
        Scratch scratch = Scratch.in(temp.resolve("scratch"));
        scratch.diesWith(attempt);
        Files.writeString(Files.createDirectories(attempt).resolve("labels"), "gone");
        Thread.currentThread().interrupt();
        scratch.close();

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(attempt).doesNotExist();
        assertThat(temp.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aFolderElsewhereGoesWithIt() throws IOException {
        Path attempt = temp.resolve("out/.attempt-1");
        try (Scratch scratch = Scratch.in(temp.resolve("scratch"))) {
            scratch.diesWith(attempt);
            Files.writeString(Files.createDirectories(attempt).resolve("labels"), "gone");
        }
        assertThat(attempt).doesNotExist();
        assertThat(temp.resolve("out")).isEmptyDirectory();
    }
}
