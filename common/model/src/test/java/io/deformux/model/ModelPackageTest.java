package io.deformux.model;

import static io.deformux.failure.FailureCode.MODEL_DIGEST_MISMATCH;
import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static io.deformux.failure.FailureCode.MODEL_NOT_FOUND;
import static io.deformux.failure.FailureCode.OUTPUT_FAILED;
import static io.deformux.model.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPackageTest {
    private static final ModelId ID = new ModelId("abdomen", "1.0.0");

    @TempDir
    Path temp;

    private Path directory;

    @BeforeEach
    void setUp() {
        directory = temp.resolve("package");
    }

    @Test
    void aWrittenPackageOpens() throws IOException {
        ModelPackage written = Samples.packageIn(directory, ID, "weights");

        ModelPackage opened = ModelPackage.open(directory);

        assertThat(opened.manifest()).isEqualTo(written.manifest());
        assertThat(opened.id()).isEqualTo(ID);
        assertThat(opened.digest()).isEqualTo(written.digest()).hasSize(64);
        assertThat(opened.weights()).containsExactly(directory.resolve("model.pt"));
        assertThat(directory.resolve("model.pt")).hasContent("weights");
        assertThat(temp).isDirectoryNotContaining(path -> !path.equals(directory));
    }

    @Test
    void anEnsembleKeepsTheOrderOfItsMembers() throws IOException {
        Samples.packageIn(directory, ID, "zero", "one", "two");

        ModelPackage opened = ModelPackage.open(directory);

        assertThat(opened.weights())
                .containsExactly(
                        directory.resolve("fold-0.pt"), directory.resolve("fold-1.pt"), directory.resolve("fold-2.pt"));
        assertThat(opened.manifest().members().get(2).fold()).hasValue(2);
    }

    @Test
    void anEmptyFolderIsWrittenInto() throws IOException {
        Files.createDirectory(directory);

        Samples.packageIn(directory, ID, "weights");

        assertThat(ModelPackage.open(directory).id()).isEqualTo(ID);
    }

    @Test
    void aFolderWithContentIsLeftAlone() throws IOException {
        Files.writeString(Files.createDirectory(directory).resolve("mine"), "kept");

        refused(OUTPUT_FAILED, () -> Samples.packageIn(directory, ID, "weights"));

        assertThat(directory).isDirectoryContaining("glob:**/mine").isDirectoryNotContaining("glob:**/model.*");
    }

    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        Path archive = Files.writeString(temp.resolve("archive"), "weights");
        ModelManifest right = Samples.manifest(ID, List.of(Member.of("model.pt", archive, OptionalInt.empty())));
        ModelManifest wrong =
                Samples.manifest(ID, List.of(new Member("model.pt", "0".repeat(64), OptionalInt.empty())));

        refused(MODEL_DIGEST_MISMATCH, () -> ModelPackage.write(directory, wrong, List.of(archive)));
        refused(OUTPUT_FAILED, () -> ModelPackage.write(directory, right, List.of(temp.resolve("missing"))));
        refused(MODEL_INVALID, () -> ModelPackage.write(directory, right, List.of()));
        refused(OUTPUT_FAILED, () -> ModelPackage.write(archive.resolve("below-a-file"), right, List.of(archive)));

        assertThat(temp).isDirectoryNotContaining(path -> !path.equals(archive));
    }

    @Test
    void aPackageAroundAnArchiveIsItsFileAndNoCopy() throws IOException {
        Path archive = Files.writeString(temp.resolve("archive"), "weights");

        ModelPackage written = ModelPackage.around(archive, directory, around(archive));

        assertThat(Files.isSameFile(written.weights().get(0), archive)).isTrue();
        assertThat(ModelPackage.open(directory).digest()).isEqualTo(written.digest());
    }

    @Test
    void aPackageAroundAnArchiveOutlivesItsReplacement() throws IOException {
        Path archive = Files.writeString(temp.resolve("archive"), "weights");
        ModelPackage written = ModelPackage.around(archive, directory, around(archive));

        Files.move(
                Files.writeString(temp.resolve("next"), "better weights"),
                archive,
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(ModelPackage.open(directory).digest()).isEqualTo(written.digest());
    }

    @Test
    void aFailedPackageAroundAnArchiveLeavesTheArchiveAlone() throws IOException {
        Path archive = Files.writeString(temp.resolve("archive"), "weights");

        ModelManifest manifest = around(archive);
        ModelManifest two = Samples.manifest(
                ID, List.of(manifest.members().get(0), new Member("other.pt", "0".repeat(64), OptionalInt.empty())));

        refused(MODEL_INVALID, () -> ModelPackage.around(archive, directory, two));
        refused(OUTPUT_FAILED, () -> ModelPackage.around(temp.resolve("missing"), directory, manifest));

        assertThat(archive).hasContent("weights");
        assertThat(temp).isDirectoryNotContaining(path -> !path.equals(archive));
    }

    @Test
    void aPackageAroundAnArchiveReadsItOnlyWhenItIsOpened() throws IOException {
        Path archive = Files.writeString(temp.resolve("archive"), "weights");
        ModelManifest manifest = around(archive);
        Files.writeString(archive, "other weights");

        assertThat(ModelPackage.around(archive, directory, manifest).digest()).isEqualTo(manifest.digest());
        refused(MODEL_DIGEST_MISMATCH, () -> ModelPackage.open(directory));
    }

    private static ModelManifest around(Path archive) {
        return Samples.manifest(ID, List.of(Member.of("model.pt", archive, OptionalInt.empty())));
    }

    @Test
    void changedWeightsAreRefused() throws IOException {
        Samples.packageIn(directory, ID, "zero", "one");
        Files.writeString(directory.resolve("fold-1.pt"), "0ne");

        refused(MODEL_DIGEST_MISMATCH, () -> ModelPackage.open(directory)).hasMessageContaining("fold-1.pt");
    }

    @Test
    void missingWeightsAreRefused() throws IOException {
        Samples.packageIn(directory, ID, "weights");
        Files.delete(directory.resolve("model.pt"));

        refused(MODEL_INVALID, () -> ModelPackage.open(directory)).hasMessageContaining("model.pt");
    }

    @Test
    void aFolderWithoutManifestIsIncomplete() throws IOException {
        Files.createDirectory(directory);

        refused(MODEL_INVALID, () -> ModelPackage.open(directory)).hasMessageContaining("model.json");
    }

    @Test
    void aMissingFolderIsNotFound() {
        refused(MODEL_NOT_FOUND, () -> ModelPackage.open(directory));
    }
}
