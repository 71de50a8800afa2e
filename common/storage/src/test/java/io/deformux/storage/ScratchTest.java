package io.deformux.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
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

    /** A pod's successor has another name, and no lock of the dead one is seen on a shared disk. */
    @Test
    void whatAnotherHostHasLeftIsSweptOnceItGaveNoSignOfLifeForAnHour() throws IOException {
        Path attempt = Files.createDirectories(temp.resolve("out/.attempt-1"));
        Path dead = ofOtherHost("1", Duration.ofMinutes(61));
        Files.writeString(dead.resolve("elsewhere"), attempt + "\n");
        Path living = ofOtherHost("2", Duration.ofMinutes(59));

        Scratch.sweep(temp);

        assertThat(dead).doesNotExist();
        assertThat(attempt).doesNotExist();
        assertThat(living).exists();
    }

    @Test
    void whatWasNeverClaimedIsSweptOnceItIsOld() throws IOException {
        Path old =
                Files.createDirectories(temp.resolve(".deformux-new-1/files-1")).getParent();
        Files.setLastModifiedTime(old, ago(Duration.ofMinutes(61)));
        Path fresh = Files.createDirectories(temp.resolve(".deformux-new-2"));
        Path ofAnotherProgram = Files.createDirectories(temp.resolve(".new-3"));
        Files.setLastModifiedTime(ofAnotherProgram, ago(Duration.ofDays(9)));

        Scratch.sweep(temp);

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(ofAnotherProgram).exists();
    }

    @Test
    void aClaimShowsThatItsProcessLives() throws IOException {
        Path file = temp.resolve("owner");
        FileTime before = ago(Duration.ofHours(2));
        try (Claim claim = Claim.on(temp);
                ClaimPulse pulse = ClaimPulse.of(claim, Duration.ofMillis(5))) {
            String owner = Files.readString(file);
            Files.setLastModifiedTime(file, before);
            assertThat(pulse).isNotNull();
            await().untilAsserted(
                            () -> assertThat(Files.getLastModifiedTime(file)).isGreaterThan(before));
            assertThat(file).hasContent(owner);
        }
    }

    private Path ofOtherHost(String id, Duration silent) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(".job-00000000-" + id));
        Path owner = Files.writeString(folder.resolve("owner"), "another-host.example\n1\n");
        Files.setLastModifiedTime(owner, ago(silent));
        return folder;
    }

    private static FileTime ago(Duration time) {
        return FileTime.from(Instant.now().minus(time));
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
