package io.deformux.storage.file;

import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_ROOT_MISSING;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.JOB_CANCELLED;
import static io.deformux.failure.FailureCode.REFERENCE_NOT_ALLOWED;
import static io.deformux.failure.FailureCode.REFERENCE_UNSUPPORTED;
import static io.deformux.failure.FailureCode.STORAGE_DENIED;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;
import static io.deformux.storage.Refusals.PATIENT;
import static io.deformux.storage.Refusals.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.Scratch;
import io.deformux.storage.Storage;
import io.deformux.testing.format.Archives;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFetchTest {
    @TempDir
    Path temp;

    private Path root;
    private Path outside;
    private Path series;
    private Scratch scratch;

    @BeforeEach
    void setUp() throws IOException {
        root = Files.createDirectory(temp.resolve("data"));
        outside = Files.createDirectory(temp.resolve("data-of-others"));
        Files.writeString(outside.resolve("secret"), "secret");
        series = Files.createDirectory(root.resolve(PATIENT));
        Files.writeString(series.resolve("1.dcm"), "one");
        Files.writeString(series.resolve("2.dcm"), "two!");
        scratch = Scratch.in(temp.resolve("scratch"));
    }

    @AfterEach
    void tearDown() {
        scratch.close();
    }

    @Test
    void aFileIsReadInPlace() {
        FetchedInput input = fetch(series.resolve("1.dcm").toUri());

        assertThat(input.path()).isEqualTo(series.resolve("1.dcm"));
        // printf one | sha256sum
        assertThat(input.sha256()).isEqualTo("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
        assertThat(input.bytes()).isEqualTo(3);
        assertThat(input.files()).isEqualTo(1);
        assertThat(scratch.path()).isEmptyDirectory();
    }

    @Test
    void anArchiveIsUnpackedIntoScratchAndStays() throws IOException {
        for (byte[] bytes : List.of(
                Archives.zip(Map.of("a/1.dcm", "one", "a/2.dcm", "two!")),
                Archives.tarGz(Map.of("a/1.dcm", "one", "a/2.dcm", "two!")))) {
            Path archive = Files.write(root.resolve("series"), bytes);
            try (Scratch own = Scratch.in(temp.resolve("scratch"))) {
                FetchedInput input = storage(InputLimits.DEFAULT).fetch(archive.toUri(), own);

                assertThat(input.path()).startsWith(own.path());
                assertThat(input.files()).isEqualTo(2);
                assertThat(input.bytes()).isEqualTo(7);
                assertThat(input.sha256()).isEqualTo(Digest.of(bytes));
            }
            assertThat(archive).hasBinaryContent(bytes);
        }
    }

    @Test
    void aFolderIsReadInPlaceWithItsSubfolders() throws IOException {
        Files.writeString(Files.createDirectory(series.resolve("more")).resolve("3.dcm"), "one");

        FetchedInput input = fetch(series.toUri());

        assertThat(input.path()).isEqualTo(series);
        assertThat(input.bytes()).isEqualTo(10);
        assertThat(input.files()).isEqualTo(3);
        assertThat(input.sha256()).isEqualTo(Digest.ofAll(List.of(digest("two!"), digest("one"), digest("one"))));
    }

    @Test
    void theDigestOfAFolderDependsOnWhatTheFilesHoldAndNotOnTheirNames() throws IOException {
        String digest = fetch(series.toUri()).sha256();
        Path copy = Files.createDirectories(root.resolve("copy/deeper"));
        Files.writeString(copy.resolve("anonymous-b"), "one");
        Files.writeString(copy.resolve("anonymous-a"), "two!");

        assertThat(fetch(root.resolve("copy").toUri()).sha256()).isEqualTo(digest);

        Files.writeString(copy.resolve("anonymous-c"), "one");
        assertThat(fetch(root.resolve("copy").toUri()).sha256()).isNotEqualTo(digest);
    }

    @Test
    void anEmptyFolderIsAnInputWithoutFiles() throws IOException {
        FetchedInput input = fetch(Files.createDirectory(root.resolve("empty")).toUri());

        assertThat(input.files()).isZero();
        assertThat(input.bytes()).isZero();
    }

    @Test
    void whatIsMissingIsNotFound() {
        refuse(INPUT_NOT_FOUND, series.resolve("3.dcm").toUri());
    }

    @Test
    void aMissingRootIsNoJobsFault() throws IOException {
        Storage storage = storage(InputLimits.DEFAULT);
        Path away = Files.move(root, temp.resolve("away"));
        refuse(storage, INPUT_ROOT_MISSING, series.toUri());
        refuse(storage, REFERENCE_NOT_ALLOWED, temp.resolve("other").toUri());
        Files.move(away, root);
        assertThat(storage.fetch(series.toUri(), scratch).files()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../data-of-others/secret", "%2e%2e/data-of-others/secret", "x/../1.dcm", ".."})
    void stepsUpwardsAreRefused(String steps) {
        refuse(REFERENCE_NOT_ALLOWED, URI.create(series.toUri() + steps));
    }

    @Test
    void whatLiesOutsideIsRefusedWhetherItExistsOrNot() {
        JobException there =
                refuse(REFERENCE_NOT_ALLOWED, outside.resolve("secret").toUri());
        JobException missing =
                refuse(REFERENCE_NOT_ALLOWED, outside.resolve("nothing").toUri());

        assertThat(there).hasMessage(missing.getMessage());
    }

    @Test
    void withoutRootsNothingIsAllowed() {
        refuse(new FileStorage(AccessPolicy.files(List.of(), List.of(root))), REFERENCE_NOT_ALLOWED, series.toUri());
    }

    @Test
    void aLinkOutOfTheRootIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createSymbolicLink(series.resolve("3.dcm"), outside.resolve("secret"));

        refuse(REFERENCE_NOT_ALLOWED, root.resolve("file").toUri());
        refuse(REFERENCE_NOT_ALLOWED, root.resolve("folder").toUri());
        refuse(REFERENCE_NOT_ALLOWED, root.resolve("folder/secret").toUri());
        refuse(REFERENCE_NOT_ALLOWED, series.toUri());
    }

    @Test
    void aLinkInsideTheRootIsFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("folder"), series);
        Path links = Files.createDirectory(root.resolve("links"));
        Files.createSymbolicLink(links.resolve("a"), series.resolve("1.dcm"));
        Files.createSymbolicLink(links.resolve("b"), series.resolve("2.dcm"));

        assertThat(fetch(root.resolve("folder").toUri())).isEqualTo(fetch(series.toUri()));
        assertThat(fetch(links.toUri()).sha256())
                .isEqualTo(fetch(series.toUri()).sha256());
    }

    @Test
    void aRootMayItselfBeALink() throws IOException {
        Path alias = Files.createSymbolicLink(temp.resolve("alias"), root);
        FileStorage storage = new FileStorage(AccessPolicy.files(List.of(alias), List.of()));

        URI reference = alias.resolve(PATIENT).resolve("1.dcm").toUri();

        assertThat(storage.fetch(reference, scratch).bytes()).isEqualTo(3);
    }

    @Test
    void aLinkedFolderInAFolderIsRefusedSoThatNoCycleIsWalked() throws IOException {
        Files.createSymbolicLink(series.resolve("loop"), series);

        refuse(REFERENCE_NOT_ALLOWED, series.toUri());
    }

    @Test
    void aLinkToNowhereIsNotFound() throws IOException {
        Files.createSymbolicLink(series.resolve("3.dcm"), series.resolve("gone"));

        refuse(INPUT_NOT_FOUND, series.toUri());
    }

    @Test
    void aPipeIsRefusedAndNotWaitedFor() throws Exception {
        Process process = new ProcessBuilder("mkfifo", series.resolve("pipe").toString()).start();
        assumeFalse(process.waitFor() != 0, "no mkfifo here");

        refuse(REFERENCE_NOT_ALLOWED, series.toUri());
        refuse(REFERENCE_NOT_ALLOWED, series.resolve("pipe").toUri());
    }

    @Test
    void whatMayNotBeReadIsDenied() throws IOException {
        Path file = series.resolve("1.dcm");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");

        refuse(STORAGE_DENIED, file.toUri());
    }

    @Test
    void whatTheFileSystemCannotAnswerForIsUnavailable() {
        JobException failure = refuse(STORAGE_UNAVAILABLE, URI.create(series.toUri() + "x".repeat(300)));

        assertThat(failure).hasMessageContaining("File name too long");
    }

    @Test
    void limitsOnBytesAndFilesHoldForTheWholeFolder() {
        assertThat(limited(7, 2).fetch(series.toUri(), scratch).bytes()).isEqualTo(7);

        refuse(limited(6, 2), INPUT_TOO_LARGE, series.toUri());
        refuse(limited(7, 1), INPUT_TOO_LARGE, series.toUri());
    }

    @Test
    void aTreeOfEmptyFoldersEndsAtTheLimit() throws IOException {
        Files.createDirectories(root.resolve("a/b/c"));

        refuse(limited(7, 2), INPUT_TOO_LARGE, root.resolve("a").toUri());
    }

    @Test
    void aCancelledJobStopsReading() {
        try {
            Thread.currentThread().interrupt();
            refuse(JOB_CANCELLED, series.toUri());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:data", "file://host/data", "file:///data?x=1", "file:///data#x", "file:///a%00b"})
    void onlyPlainFileReferencesAreTaken(String reference) {
        refuse(REFERENCE_UNSUPPORTED, URI.create(reference));
    }

    private FetchedInput fetch(URI reference) {
        return storage(InputLimits.DEFAULT).fetch(reference, scratch);
    }

    private JobException refuse(FailureCode code, URI reference) {
        return refuse(storage(InputLimits.DEFAULT), code, reference);
    }

    private JobException refuse(Storage storage, FailureCode code, URI reference) {
        return refused(code, temp, () -> storage.fetch(reference, scratch));
    }

    private Storage limited(long bytes, int files) {
        return storage(new InputLimits(bytes, files));
    }

    private Storage storage(InputLimits limits) {
        return new FileStorage(AccessPolicy.files(List.of(root), List.of()).withLimits(limits));
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(UTF_8));
    }
}
