package io.deformux.storage.file;

import static io.deformux.failure.FailureCode.JOB_CANCELLED;
import static io.deformux.failure.FailureCode.OUTPUT_FAILED;
import static io.deformux.failure.FailureCode.OUTPUT_ROOT_MISSING;
import static io.deformux.failure.FailureCode.REFERENCE_NOT_ALLOWED;
import static io.deformux.storage.Refusals.PATIENT;
import static io.deformux.storage.Refusals.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Attempt;
import io.deformux.storage.Digest;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
import io.deformux.storage.StagedOutput;
import io.deformux.storage.StoredObject;
import io.deformux.storage.Use;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {
    private static final ObjectName NAME = ObjectName.of("job-1", "labels.nii.gz");

    @TempDir
    Path temp;

    private Path root;
    private Path location;
    private Path file;
    private FileStorage storage;

    @BeforeEach
    void setUp() throws IOException {
        root = Files.createDirectory(temp.resolve("out"));
        location = root.resolve(PATIENT);
        file = Files.writeString(temp.resolve("result"), "labels");
        storage = new FileStorage(AccessPolicy.files(List.of(), List.of(root)));
    }

    @Test
    void aFileIsStoredUnderItsNameWithItsDigest() {
        StoredObject stored = storage.store(file, location.toUri(), NAME);

        assertThat(stored.uri())
                .isEqualTo(location.resolve("job-1/labels.nii.gz").toUri());
        assertThat(Path.of(stored.uri())).hasContent("labels");
        assertThat(stored.bytes()).isEqualTo(6);
        assertThat(stored.sha256()).isEqualTo(Digest.of("labels".getBytes(UTF_8)));
        assertThat(file).exists();
    }

    @Test
    void aRepeatedJobReplacesItsOutputAndLeavesNothingElse() throws IOException {
        storage.store(file, location.toUri(), NAME);
        Files.writeString(file, "again");

        storage.store(file, location.toUri(), NAME);

        assertThat(location.resolve("job-1")).isDirectoryNotContaining(path -> !path.endsWith("labels.nii.gz"));
        assertThat(location.resolve("job-1/labels.nii.gz")).hasContent("again");
    }

    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        Files.createDirectories(location);

        refused(
                OUTPUT_FAILED,
                temp,
                () -> storage.store(temp.resolve("missing"), location.toUri(), ObjectName.of("labels.nii.gz")));

        assertThat(location).isEmptyDirectory();
    }

    @Test
    void aWriteThatCannotTakeItsNameLeavesWhatWasThere() throws IOException {
        Path taken = Files.createDirectories(location.resolve("labels.nii.gz/in-use"));

        refused(OUTPUT_FAILED, temp, () -> storage.store(file, location.toUri(), ObjectName.of("labels.nii.gz")));

        assertThat(taken).isDirectory();
        assertThat(location).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aLocationThatIsAFileIsRefused() throws IOException {
        Files.writeString(location, "not a folder");

        refused(OUTPUT_FAILED, temp, () -> storage.store(file, location.toUri(), NAME));
    }

    @Test
    void aCancelledJobStoresNothing() throws IOException {
        Files.createDirectories(location);
        try {
            Thread.currentThread().interrupt();
            refused(JOB_CANCELLED, temp, () -> storage.store(file, location.toUri(), ObjectName.of("labels.nii.gz")));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(location).isEmptyDirectory();
    }

    @Test
    void onlyAllowedRootsAreWrittenTo() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createSymbolicLink(root.resolve("link"), outside);

        refused(REFERENCE_NOT_ALLOWED, temp, () -> storage.store(file, outside.toUri(), NAME));
        refused(REFERENCE_NOT_ALLOWED, temp, () -> storage.store(file, URI.create(root.toUri() + "../outside"), NAME));
        refused(
                REFERENCE_NOT_ALLOWED,
                temp,
                () -> storage.store(file, root.resolve("link").toUri(), NAME));
        refused(
                REFERENCE_NOT_ALLOWED,
                temp,
                () -> storage.store(file, root.resolve("link/new").toUri(), NAME));

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLinkInPlaceOfAnOutputIsReplacedAndNotWrittenThrough() throws IOException {
        Path victim = Files.writeString(temp.resolve("victim"), "untouched");
        Files.createDirectories(location);
        Files.createSymbolicLink(location.resolve("labels.nii.gz"), victim);

        storage.store(file, location.toUri(), ObjectName.of("labels.nii.gz"));

        assertThat(victim).hasContent("untouched");
        assertThat(location.resolve("labels.nii.gz")).isRegularFile().hasContent("labels");
    }

    @Test
    void anOutputIsReportedWhereTheEventWantedIt() throws IOException {
        Path alias = Files.createSymbolicLink(temp.resolve("alias"), root);
        FileStorage linked = new FileStorage(AccessPolicy.files(List.of(), List.of(alias)));

        StoredObject stored = linked.store(file, alias.toUri(), NAME);

        assertThat(stored.uri()).isEqualTo(alias.resolve("job-1/labels.nii.gz").toUri());
        assertThat(root.resolve("job-1/labels.nii.gz")).hasContent("labels");
    }

    @Test
    void aRootThatIsMissingIsNotMadeAndNoJobsFault() throws IOException {
        Files.delete(root);

        refused(OUTPUT_ROOT_MISSING, temp, () -> storage.store(file, location.toUri(), NAME));
        refused(OUTPUT_ROOT_MISSING, temp, () -> storage.requirePresent(location.toUri(), Use.STORE));
        refused(OUTPUT_ROOT_MISSING, temp, () -> storage.outputFolder(location.toUri()));

        assertThat(root).doesNotExist();
        Files.createDirectory(root);
        storage.store(file, location.toUri(), NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/../b", "/a", "a/", "a//b", ".hidden", "a b", "a\\b", "ä", "a\nb"})
    void namesThatCouldLeaveTheLocationAreNoNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ObjectName(name));
    }

    @Test
    void whatIsStagedIsSeenWhenItIsPublishedAndLeavesNothingElse() throws IOException {
        Path shown = location.resolve("job-1/c0/labels.nii.gz");
        try (Scratch scratch = Scratch.in(temp.resolve("scratch"))) {
            StagedOutput staged = storage.stage(file, location.toUri(), NAME, new Attempt(scratch, "c0"));
            assertThat(shown).doesNotExist();

            StoredObject stored = staged.publish();
            assertThat(stored).isEqualTo(new StoredObject(shown.toUri(), 6, Digest.of("labels".getBytes(UTF_8))));
            assertThat(shown).hasContent("labels");
        }
        assertThat(location.resolve("job-1")).isDirectoryNotContaining(path -> !path.endsWith("c0"));
    }

    @Test
    void anAttemptThatIsGivenUpChangesNothingOfAnother() throws IOException {
        Path other = Files.writeString(temp.resolve("other"), "of the other");
        try (Scratch lost = Scratch.in(temp.resolve("scratch"));
                Scratch owner = Scratch.in(temp.resolve("scratch"))) {
            storage.stage(file, location.toUri(), NAME, new Attempt(lost, "c0"));
            StagedOutput staged = storage.stage(other, location.toUri(), NAME, new Attempt(owner, "c1"));
            lost.close();
            staged.publish();
        }
        assertThat(location.resolve("job-1")).isDirectoryNotContaining(path -> !path.endsWith("c1"));
        assertThat(location.resolve("job-1/c1/labels.nii.gz")).hasContent("of the other");
    }

    /** One that was stopped between its last look at whose job it is and its renaming, as by SIGSTOP. */
    @Test
    void anOutputThatWasNamedStaysAsItWasNamedWhateverALateOwnerPublishes() throws IOException {
        Path other = Files.writeString(temp.resolve("other"), "of the other");
        try (Scratch late = Scratch.in(temp.resolve("scratch"));
                Scratch owner = Scratch.in(temp.resolve("scratch"))) {
            StagedOutput stopped = storage.stage(file, location.toUri(), NAME, new Attempt(late, "c0"));
            StoredObject named = storage.stage(other, location.toUri(), NAME, new Attempt(owner, "c1"))
                    .publish();
            StoredObject tooLate = stopped.publish();

            assertThat(storage.holds(named)).isTrue();
            assertThat(storage.holds(tooLate)).isTrue();
            assertThat(tooLate.uri()).isNotEqualTo(named.uri());
        }
    }

    @Test
    void twoOwnersOfTheSameContentStoreItOnce() throws IOException {
        try (Scratch one = Scratch.in(temp.resolve("scratch"));
                Scratch two = Scratch.in(temp.resolve("scratch"))) {
            StagedOutput first = storage.stage(file, location.toUri(), NAME, new Attempt(one, "c0"));
            StagedOutput second = storage.stage(file, location.toUri(), NAME, new Attempt(two, "c0"));
            assertThat(second.publish()).isEqualTo(first.publish());
        }
        assertThat(location.resolve("job-1")).isDirectoryNotContaining(path -> !path.endsWith("c0"));
    }

    @Test
    void whatDeadAttemptsHaveLeftIsDeletedByTheNextOneOnceNobodyTouchesIt() throws IOException {
        Path job = Files.createDirectories(location.resolve("job-1"));
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Path dead = Files.createDirectories(job.resolve(".attempt-dead"));
        Path deadFile = Files.writeString(dead.resolve("labels.nii.gz"), "half");
        Path part = Files.writeString(job.resolve(".0000.part"), "half");
        Path written = Files.createDirectories(job.resolve(".attempt-written"));
        Files.writeString(written.resolve("labels.nii.gz"), "half");
        for (Path each : List.of(deadFile, dead, part, written)) {
            Files.setLastModifiedTime(each, old);
        }

        try (Scratch scratch = Scratch.in(temp.resolve("scratch"))) {
            storage.stage(file, location.toUri(), NAME, new Attempt(scratch, "c0"))
                    .publish();
        }

        assertThat(dead).doesNotExist();
        assertThat(part).doesNotExist();
        assertThat(written).exists();
    }

    @Test
    void whatADeadPodHasStagedGoesWithAWorkersStartAnHourLaterThoughItsScratchFolderIsGone() throws IOException {
        Path scratches = temp.resolve("scratch");
        Scratch lost = Scratch.in(scratches); // and never closed: its pod dies
        storage.stage(file, location.toUri(), NAME, new Attempt(lost, "c0"));
        Path attempt = location.resolve("job-1/.attempt-" + lost.id());
        storage.sweep();
        assertThat(attempt).as("may be alive").isDirectory();

        age(root, Duration.ofMinutes(61));
        Files.setLastModifiedTime(attempt.resolve("labels.nii.gz"), FileTime.from(Instant.now()));
        storage.sweep();
        assertThat(attempt).as("is written to").isDirectory();

        age(root, Duration.ofMinutes(61));
        storage.sweep();
        assertThat(attempt).doesNotExist();
        assertThat(listed()).isEmpty();
        lost.close();
    }

    @Test
    void aFileThatADeadWorkerWasWritingGoesLikewise() throws IOException {
        Path part = Files.writeString(
                Files.createDirectories(location.resolve("job-1")).resolve(".0000.part"), "half");
        listed(PATIENT + "/job-1/.0000.part");
        age(root, Duration.ofMinutes(61));

        storage.sweep();

        assertThat(part).doesNotExist();
        assertThat(listed()).isEmpty();
    }

    @Test
    void whatIsWrittenIsOnTheListForAsLong() throws IOException {
        try (Scratch scratch = Scratch.in(temp.resolve("scratch"))) {
            storage.stage(file, location.toUri(), NAME, new Attempt(scratch, "c0"))
                    .publish();
            assertThat(listed()).containsExactly(PATIENT + "/job-1/.attempt-" + scratch.id());
        }
        storage.store(file, location.toUri(), NAME);
        assertThat(listed()).isEmpty();
    }

    @Test
    void theListLeadsToNothingButWhatIsUnfinishedBelowItsRoot() throws IOException {
        Path outside = Files.createDirectories(temp.resolve("outside/.attempt-1"));
        Files.createSymbolicLink(root.resolve("link"), temp.resolve("outside"));
        Path output = Files.createDirectories(location.resolve("job-1/c0"));
        listed("../outside/.attempt-1");
        listed(outside.toString());
        listed("link/.attempt-1");
        listed(PATIENT + "/job-1/c0");
        listed("");
        age(root, Duration.ofMinutes(61));

        storage.sweep();

        assertThat(outside).isDirectory();
        assertThat(output).isDirectory();
        assertThat(listed()).isEmpty();
    }

    @Test
    void aRootThatTakesNoFileHasNoListWhichStopsNobody() {
        UnfinishedList none = new UnfinishedList(file);
        Path entry = none.entry();

        none.add(entry, Unfinished.file(location.resolve("labels.nii.gz")));
        none.remove(entry);
        none.sweep();

        assertThat(file).hasContent("labels");
    }

    private List<String> listed() throws IOException {
        List<String> listed = new ArrayList<>();
        try (Stream<Path> all = Files.list(root)) {
            for (Path each : all.filter(path -> path.getFileName().toString().startsWith(".deformux-unfinished-"))
                    .toList()) {
                listed.add(Files.readString(each));
            }
        }
        return listed;
    }

    private void listed(String path) throws IOException {
        Files.writeString(root.resolve(".deformux-unfinished-" + UUID.randomUUID()), path);
    }

    /** As if all of it were from before. */
    private static void age(Path folder, Duration by) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(by));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                Files.setLastModifiedTime(each, old);
            }
        }
    }

    @Test
    void anAttemptKeepsWhatItHasStagedAlsoWhereAClockWasSetMeanwhile() throws IOException {
        ObjectName second = ObjectName.of("job-1", "preview.png");
        try (Scratch scratch = Scratch.in(temp.resolve("scratch"))) {
            Attempt attempt = new Attempt(scratch, "c0");
            StagedOutput first = storage.stage(file, location.toUri(), NAME, attempt);
            Path folder = location.resolve("job-1/.attempt-" + scratch.id());
            FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
            Files.setLastModifiedTime(folder.resolve("labels.nii.gz"), old);
            Files.setLastModifiedTime(folder, old);

            storage.stage(file, location.toUri(), second, attempt).publish();
            first.publish();
        }
        assertThat(location.resolve("job-1/c0/labels.nii.gz")).hasContent("labels");
    }

    @Test
    void aSmallOutputIsReadBackAndAnyOtherIsNot() {
        storage.store(file, location.toUri(), NAME);
        assertThat(storage.read(location.toUri(), NAME, 6)).get().isEqualTo("labels".getBytes(UTF_8));
        assertThat(storage.read(location.toUri(), NAME, 5)).isEmpty();
        assertThat(storage.read(location.toUri(), ObjectName.of("job-1", "none"), 6))
                .isEmpty();
        refused(REFERENCE_NOT_ALLOWED, temp, () -> storage.read(temp.toUri(), NAME, 6));
    }

    @Test
    void anOutputIsHeldAsLongAsItIsThereAsItWasStored() throws IOException {
        StoredObject stored = storage.store(file, location.toUri(), NAME);
        assertThat(storage.holds(stored)).isTrue();
        Files.writeString(Path.of(stored.uri()), "labelz");
        assertThat(storage.holds(stored)).isFalse();
        Files.delete(Path.of(stored.uri()));
        assertThat(storage.holds(stored)).isFalse();
    }
}
