package io.deformux.worker.train.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.ModelProvenance;
import io.deformux.schemas.ModelTarget;
import io.deformux.schemas.PublishedFold;
import io.deformux.schemas.ScaledChannel;
import io.deformux.schemas.StoredModel;
import io.deformux.schemas.TrainingReady;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.worker.train.testing.FoldModels;
import io.deformux.worker.train.testing.Trainings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsemblePublicationTest {
    private static final String VERSION = "20260301.120000.000";

    @TempDir
    private Path folder;

    @Test
    void theFoldsBecomeTheMembersOfOnePackage() throws Exception {
        ModelPackage published = publication().publish(ready(fold(1), fold(3)), () -> {});

        assertThat(published.id()).isEqualTo(new ModelId("organs", VERSION));
        assertThat(published.manifest().members())
                .extracting(Member::file, Member::fold)
                .containsExactly(tuple("fold-1.pt", OptionalInt.of(1)), tuple("fold-3.pt", OptionalInt.of(3)));
        assertThat(Files.readString(published.weights().get(1))).isEqualTo("weights of fold 3");
        assertThat(store().resolve("organs", Optional.empty())).isEqualTo(published.id());
        assertThat(published
                        .manifest()
                        .provenance()
                        .at("/folds/0/datasetSha256")
                        .asText())
                .isEqualTo(Trainings.DIGEST);
        assertThat(published
                        .manifest()
                        .provenance()
                        .at("/folds/1/provenance/code")
                        .asText())
                .isEqualTo("test");
    }

    @Test
    void whatItIsAndWasMadeOfIsTold() {
        TrainingReady ready = ready(fold(1), fold(3));

        ModelProvenance told =
                ModelOrigin.of(ready, publication().publish(ready, () -> {}).manifest());

        assertThat(told.architecture()).isEqualTo("deform-uxnet");
        assertThat(told.parameters()).isPositive();
        assertThat(told.spacingMm()).isEmpty();
        assertThat(told.intensities()).containsExactly(new ScaledChannel("image", IntensityMethod.WINDOW, -125, 275));
        assertThat(told.dataset()).contains("Task09_Spleen");
        assertThat(told.datasetSha256()).isEqualTo(Trainings.DIGEST);
        assertThat(told.folds())
                .extracting(PublishedFold::fold, PublishedFold::meanDice)
                .containsExactly(tuple(1, 0.9), tuple(3, 0.9));
        assertThat(told.software()).isEmpty();
    }

    @Test
    void aDataSetIsCalledAsItsFolder() {
        assertThat(ModelOrigin.dataset(URI.create("file:///data/Task09_Spleen/")))
                .contains("Task09_Spleen");
        assertThat(ModelOrigin.dataset(URI.create("file:///data/our%20set"))).contains("our set");
        assertThat(ModelOrigin.dataset(URI.create("file:///"))).isEmpty();
        assertThat(ModelOrigin.dataset(URI.create("file:///" + "a".repeat(129))))
                .isEmpty();
    }

    @Test
    void aRepeatedPublicationFindsItsOwnPackage() {
        TrainingReady ready = ready(fold(0), fold(1));

        ModelPackage first = publication().publish(ready, () -> {});
        ModelPackage again = publication().publish(ready, () -> {});

        assertThat(again.digest()).isEqualTo(first.digest());
        assertThat(store().list()).containsExactly(first.id());
    }

    @Test
    void foldsThatDifferInMoreThanTheirWeightsAreNoEnsemble() {
        FoldResult other = Trainings.result(1, 0.9, FoldModels.write(folder.resolve("out"), 1, -100));

        refuses(FailureCode.MODEL_INVALID, ready(fold(0), other));
    }

    @Test
    void aFoldThatWasChangedIsNotPublished() {
        StoredModel real = fold(0).model();
        FoldResult changed = Trainings.result(0, 0.9, new StoredModel(real.uri(), Trainings.DIGEST));

        refuses(FailureCode.INPUT_DIGEST_MISMATCH, ready(changed));
    }

    @Test
    void aFoldWhoseWeightsWereChangedIsNotPublished() throws IOException {
        FoldResult fold = fold(0);
        Files.writeString(Path.of(fold.model().uri()).resolve("model.pt"), "other weights");

        refuses(FailureCode.INPUT_DIGEST_MISMATCH, ready(fold));
    }

    @Test
    void aPublicationThatIsLostPublishesNothing() {
        TrainingReady ready = ready(fold(1), fold(3));
        JobException lost = new JobException(FailureCode.JOB_CANCELLED, "lost");
        for (int steps = 0; steps < 3; steps++) {
            AtomicInteger left = new AtomicInteger(steps);
            assertThatThrownBy(() -> publication().publish(ready, () -> {
                        if (left.getAndDecrement() == 0) {
                            throw lost;
                        }
                    }))
                    .isSameAs(lost);
            assertThat(new ModelStore(folder.resolve("models")).list()).isEmpty();
        }
    }

    @Test
    void aFoldFromOutsideTheOutputRootsIsNotPublished() {
        FoldResult outside = Trainings.result(0, 0.9, FoldModels.write(folder.resolve("elsewhere"), 0));

        refuses(FailureCode.REFERENCE_NOT_ALLOWED, ready(outside));
    }

    private void refuses(FailureCode code, TrainingReady ready) {
        assertThatThrownBy(() -> publication().publish(ready, () -> {}))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(store().list()).isEmpty();
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    private FoldResult fold(int number) {
        return Trainings.result(number, 0.9, FoldModels.write(folder.resolve("out"), number));
    }

    private static TrainingReady ready(FoldResult... folds) {
        return new TrainingReady("t", Trainings.DIGEST, new ModelTarget("organs", VERSION), List.of(folds), 0);
    }

    private ModelStore store() {
        return new ModelStore(folder.resolve("models"));
    }

    private EnsemblePublication publication() {
        AccessPolicy outputs = AccessPolicy.files(List.of(folder.resolve("out")), List.of());
        return new EnsemblePublication(
                store(), new StorageRouter(List.of(new FileStorage(outputs))), folder.resolve("scratch"));
    }
}
