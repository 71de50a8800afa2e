package io.deformux.storage.file;

import static io.deformux.failure.FailureCode.OUTPUT_FAILED;
import static io.deformux.failure.FailureCode.REFERENCE_NOT_ALLOWED;
import static io.deformux.failure.FailureCode.REFERENCE_UNSUPPORTED;
import static io.deformux.storage.Refusals.PATIENT;
import static io.deformux.storage.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.storage.AccessPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
    @TempDir
    Path temp;

    private Path root;
    private Path outside;
    private Path location;
    private FileStorage storage;

    @BeforeEach
    void setUp() throws IOException {
        root = Files.createDirectory(temp.resolve("out"));
        outside = Files.createDirectory(temp.resolve("outside"));
        location = root.resolve(PATIENT);
        storage = new FileStorage(AccessPolicy.files(List.of(), List.of(root)));
    }

    @Test
    void aFolderIsMadeAndFoundAgain() {
        assertThat(storage.outputFolder(location.toUri(), "fold-0", "model"))
                .isEqualTo(location.resolve("fold-0/model"))
                .isDirectory();
        assertThat(storage.outputFolder(location.toUri(), "fold-0", "model")).isDirectory();
    }

    @Test
    void nothingIsMadeOutside() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside);

        refuse(REFERENCE_NOT_ALLOWED, outside.toUri());
        refuse(REFERENCE_NOT_ALLOWED, URI.create(root.toUri() + "../outside/new"));
        refuse(REFERENCE_NOT_ALLOWED, root.resolve("link").toUri());
        refuse(REFERENCE_NOT_ALLOWED, root.resolve("link/new").toUri());

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLinkThatLeadsOutIsRefusedWhereverItLies() throws IOException {
        Path fold = storage.outputFolder(location.toUri(), "fold-0");
        Path link = Files.createSymbolicLink(fold.resolve("last.checkpoint"), outside.resolve("checkpoint"));

        refuse(REFERENCE_NOT_ALLOWED, location.toUri(), "fold-0");
        Files.writeString(outside.resolve("checkpoint"), "untouched");
        refuse(REFERENCE_NOT_ALLOWED, location.toUri(), "fold-0");

        Files.delete(link);
        Files.createSymbolicLink(location.resolve("cache"), outside);
        refuse(REFERENCE_NOT_ALLOWED, location.toUri(), "cache");
        assertThat(storage.outputFolder(location.toUri(), "fold-0")).isEqualTo(fold);
    }

    @Test
    void aLinkThatStaysInsideIsFine() throws IOException {
        Path fold = storage.outputFolder(location.toUri(), "fold-0");
        Path other = Files.writeString(root.resolve("best.pt"), "weights");
        Files.createSymbolicLink(fold.resolve("best.pt"), other);

        assertThat(storage.outputFolder(location.toUri(), "fold-0")).isEqualTo(fold);
    }

    @Test
    void aRootMayItselfBeALinkAndTheFolderIsCalledAsTheReferenceCallsIt() throws IOException {
        Path alias = Files.createSymbolicLink(temp.resolve("alias"), root);
        FileStorage linked = new FileStorage(AccessPolicy.files(List.of(), List.of(alias)));

        assertThat(linked.outputFolder(alias.resolve("a").toUri())).isEqualTo(alias.resolve("a"));
        assertThat(root.resolve("a")).isDirectory();
    }

    @Test
    void aFileInPlaceOfTheFolderIsAFailure() throws IOException {
        Files.writeString(location, "no folder");

        refuse(OUTPUT_FAILED, location.toUri(), "fold-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://host/data", "file:data", "file:///data?X-Amz-Signature=DOE^JANE"})
    void onlyPlainFileReferencesAreTaken(String reference) {
        refuse(REFERENCE_UNSUPPORTED, URI.create(reference.replace("^", "%5E")));
    }

    private void refuse(FailureCode code, URI location, String... below) {
        refused(code, temp, () -> storage.outputFolder(location, below));
    }
}
