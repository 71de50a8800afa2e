package io.deformux.model;

import static io.deformux.failure.FailureCode.MODEL_DIGEST_MISMATCH;
import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static io.deformux.failure.FailureCode.MODEL_NOT_FOUND;
import static io.deformux.failure.FailureCode.MODEL_STORE_UNAVAILABLE;
import static io.deformux.model.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {
    @TempDir
    Path temp;

    private Path root;
    private ModelStore store;

    @BeforeEach
    void setUp() {
        root = temp.resolve("store");
        store = new ModelStore(root);
    }

    @Test
    void aPublishedPackageIsFoundAndOpened() throws IOException {
        ModelPackage made = made("abdomen", "1.0.0", "weights");

        ModelPackage published = store.publish(made.manifest(), made.weights());

        assertThat(published.directory()).isEqualTo(root.resolve("abdomen/1.0.0"));
        ModelId id = store.resolve("abdomen", Optional.empty());
        assertThat(id).isEqualTo(new ModelId("abdomen", "1.0.0"));
        assertThat(store.open(id).digest()).isEqualTo(made.digest());
        assertThat(root.resolve("abdomen")).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aStoreThatIsMissingIsNoJobsFaultAndNotMadeAnew() throws IOException {
        refused(MODEL_STORE_UNAVAILABLE, () -> store.resolve("abdomen", Optional.empty()));
        publish("abdomen", "1", "weights");
        ModelId id = store.resolve("abdomen", Optional.empty());
        Path away = Files.move(root, temp.resolve("away"));

        refused(MODEL_STORE_UNAVAILABLE, () -> store.resolve("abdomen", Optional.empty()));
        refused(MODEL_STORE_UNAVAILABLE, () -> store.open(id));
        ModelPackage made = made("abdomen", "2", "newer");
        refused(MODEL_STORE_UNAVAILABLE, () -> store.publish(made.manifest(), made.weights()));
        assertThat(root).doesNotExist();

        Files.move(away, root);
        assertThat(store.open(id).id()).isEqualTo(id);
    }

    @Test
    void theNewestVersionIsTakenUnlessOneIsNamed() throws IOException {
        for (String version : new String[] {"1.9", "1.10", "1.10-rc1", "1.2"}) {
            publish("abdomen", version, version);
        }

        assertThat(store.resolve("abdomen", Optional.empty()).version()).isEqualTo("1.10");
        assertThat(store.resolve("abdomen", Optional.of("1.2")).version()).isEqualTo("1.2");
    }

    @Test
    void aManifestIsReadWithoutTheWeightsThatItNeeds() throws IOException {
        publish("abdomen", "1", "weights");
        ModelId id = store.resolve("abdomen", Optional.empty());
        Path weights = root.resolve("abdomen/1")
                .resolve(store.manifest(id).members().get(0).file());

        Files.writeString(weights, "damaged");
        assertThat(store.manifest(id).id()).isEqualTo(id);
        refused(MODEL_DIGEST_MISMATCH, () -> store.open(id));

        Files.delete(weights);
        refused(MODEL_INVALID, () -> store.manifest(id)).hasMessageContaining("weights file");
    }

    @Test
    void theListIsByNameAndVersion() throws IOException {
        publish("thorax", "2", "a");
        publish("abdomen", "10", "b");
        publish("abdomen", "9", "c");

        assertThat(store.list())
                .containsExactly(new ModelId("abdomen", "9"), new ModelId("abdomen", "10"), new ModelId("thorax", "2"));
    }

    @Test
    void anUnknownModelIsAnsweredWithThoseThereAre() throws IOException {
        Files.createDirectory(root);
        refused(MODEL_NOT_FOUND, () -> store.resolve("abdomen", Optional.empty()))
                .hasMessageContaining("the store is empty");
        publish("thorax", "2", "a");

        refused(MODEL_NOT_FOUND, () -> store.resolve("abdomen", Optional.empty()))
                .hasMessageContaining("thorax 2");
        refused(MODEL_NOT_FOUND, () -> store.resolve("thorax", Optional.of("3")))
                .hasMessageContaining("thorax 2");
        refused(MODEL_NOT_FOUND, () -> store.open(new ModelId("thorax", "3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../store/thorax", "..", "", "/", "thorax/2", "Thorax", "thorax\u0000"})
    void aNameIsNoPath(String name) throws IOException {
        publish("thorax", "2", "a");

        refused(MODEL_NOT_FOUND, () -> store.resolve(name, Optional.empty()));
        refused(MODEL_NOT_FOUND, () -> store.resolve("thorax", Optional.of(name)));
        refused(MODEL_INVALID, () -> new ModelId(name, "2"));
        refused(MODEL_INVALID, () -> new ModelId("thorax", name));
    }

    @Test
    void whatIsNotAPackageIsNotListed() throws IOException {
        Files.createDirectories(root.resolve("abdomen/half-copied"));
        Files.createDirectories(root.resolve("abdomen/.job-17/package"));
        Files.createDirectories(root.resolve("lost+found"));
        Files.writeString(root.resolve("readme"), "");

        assertThat(store.list()).isEmpty();
    }

    @Test
    void publishingTheSameAgainChangesNothing() throws IOException {
        ModelPackage made = made("abdomen", "1", "weights");

        ModelPackage first = store.publish(made.manifest(), made.weights());
        ModelPackage second = store.publish(made.manifest(), made.weights());

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void aVersionIsNeverReplaced() throws IOException {
        publish("abdomen", "1", "old");
        ModelPackage other = made("abdomen", "1", "new");

        refused(MODEL_INVALID, () -> store.publish(other.manifest(), other.weights()))
                .hasMessageContaining("published already");

        assertThat(root.resolve("abdomen/1/model.pt")).hasContent("old");
    }

    @Test
    void aBrokenPackageIsNotPublished() throws IOException {
        ModelPackage made = made("abdomen", "1", "weights");
        Files.writeString(made.directory().resolve("model.pt"), "other");

        refused(MODEL_DIGEST_MISMATCH, () -> store.publish(made.manifest(), made.weights()));

        assertThat(store.list()).isEmpty();
        assertThat(root.resolve("abdomen")).isEmptyDirectory();
    }

    @Test
    void aPackageInAnothersPlaceIsRefused() throws IOException {
        publish("abdomen", "1", "weights");
        Files.move(root.resolve("abdomen/1"), root.resolve("abdomen/2"));

        refused(MODEL_INVALID, () -> store.open(store.resolve("abdomen", Optional.empty())))
                .hasMessageContaining("abdomen 1");
    }

    @Test
    void aSinglePackageIsAStoreOfOne() throws IOException {
        ModelPackage made = made("abdomen", "1", "weights");
        ModelStore single = new ModelStore(made.directory());

        ModelId id = single.resolve("abdomen", Optional.empty());

        assertThat(single.open(id).digest()).isEqualTo(made.digest());
        assertThat(single.list()).containsExactly(id);
        refused(MODEL_NOT_FOUND, () -> single.resolve("thorax", Optional.empty()));
        refused(MODEL_INVALID, () -> single.publish(made.manifest(), made.weights()));
    }

    private void publish(String name, String version, String weights) throws IOException {
        ModelPackage made = made(name, version, weights);
        store.publish(made.manifest(), made.weights());
    }

    private ModelPackage made(String name, String version, String weights) throws IOException {
        Path directory = Files.createTempDirectory(temp, "made").resolve("package");
        return Samples.packageIn(directory, new ModelId(name, version), weights);
    }
}
