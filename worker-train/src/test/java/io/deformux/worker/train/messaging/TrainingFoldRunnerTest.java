package io.deformux.worker.train.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.job.JobContext;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.IntensityScore;
import io.deformux.schemas.NetworkShape;
import io.deformux.schemas.Optimizer;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.schemas.Variations;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Digest;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.Intensity;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Percentiles;
import io.deformux.transform.ZScore;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.train.job.FoldJob;
import io.deformux.worker.train.measurement.Scores;
import io.deformux.worker.train.testing.FirstStart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fold request becomes a trained model package; a repeated one gives the same without training again. */
class TrainingFoldRunnerTest {
    private static final Shape3 SHAPE = new Shape3(40, 36, 32);

    @TempDir
    Path dataset;

    @TempDir
    Path output;

    @TempDir
    Path scratch;

    private final FirstStart context = new FirstStart();

    @BeforeEach
    void writeDataset() throws IOException {
        StringBuilder cases = new StringBuilder();
        Files.createDirectories(dataset.resolve("imagesTr"));
        Files.createDirectories(dataset.resolve("labelsTr"));
        for (int n = 0; n < 4; n++) {
            writeCase(n);
            cases.append(n == 0 ? "" : ",")
                    .append("{\"image\": \"./imagesTr/c" + n + ".nii\", \"label\": \"./labelsTr/c" + n + ".nii\"}");
        }
        Files.writeString(
                dataset.resolve("dataset.json"),
                "{\"name\": \"boxes\", \"labels\": {\"0\": \"background\", \"1\": \"box\"}, \"numTraining\": 4,"
                        + " \"training\": [" + cases + "], \"test\": []}");
    }

    @Test
    void aFoldBecomesAModelPackage() {
        FoldResult result = runner().run(request(0, output), context);

        ModelPackage model = ModelPackage.open(Path.of(result.model().uri()));
        assertThat(model.manifest().preset().classes()).containsExactly("background", "box");
        assertThat(model.manifest().members()).hasSize(1);
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(result.dice()).singleElement().satisfies(label -> assertThat(label.name())
                .isEqualTo("box"));
        assertThat(context.said()).hasSize(2).allSatisfy(event -> assertThat(event.key())
                .isEqualTo("boxes-fold-0"));
    }

    @Test
    void aFoldOfAComparisonIsMeasuredAndSharesItsPreparedCases() throws IOException {
        FoldResult result = runner().run(compared(0), context);

        FoldMeasurement measured = result.measured().orElseThrow();
        Scores scores = Scores.read(Path.of(measured.scores().uri()));
        assertThat(scores.labels()).containsExactly("background", "box");
        assertThat(scores.cases()).hasSize(2).hasSize(measured.scans());
        assertThat(measured.scores().sha256())
                .isEqualTo(Digest.of(Path.of(measured.scores().uri())));
        // The folds' Dice leaves out what the truth has not; every case has a box.
        assertThat(scores.cases().stream()
                        .mapToDouble(each -> each.get(0).dice())
                        .average()
                        .orElseThrow())
                .isCloseTo(result.meanDice(), within(0.02));
        assertThat(measured.parameters()).isPositive();
        assertThat(measured.multiplyAccumulates()).isPositive();
        assertThat(measured.trainingMs()).isPositive();
        assertThat(measured.inferenceMs()).isPositive();
        assertThat(output.resolve("boxes-fold-0/model")).isDirectory();
        assertThat(output.resolve("cache")).isDirectory();
        assertThat(runner().run(compared(0), context)).isEqualTo(result);
    }

    @Test
    void aFoldOfAComparisonWhoseScoresAreGoneIsMeasuredAgainWithoutTraining() throws IOException {
        FoldResult result = runner().run(compared(0), context);
        Files.delete(Path.of(result.measured().orElseThrow().scores().uri()));
        FirstStart second = new FirstStart();

        FoldResult again = runner().run(compared(0), second);

        assertThat(second.said()).isEmpty();
        assertThat(again.model()).isEqualTo(result.model());
        assertThat(again.measured().orElseThrow().scores())
                .isEqualTo(result.measured().orElseThrow().scores());
        assertThat(again.measured().orElseThrow().trainingMs())
                .isEqualTo(result.measured().orElseThrow().trainingMs());
    }

    private TrainingFoldRequested compared(int fold) {
        TrainingFoldRequested alone = request(fold, output);
        return new TrainingFoldRequested(
                alone.trainingId(), fold, alone.training(), alone.modelName(), alone.output(), Optional.of("which"));
    }

    @ParameterizedTest
    @EnumSource(IntensityMethod.class)
    void theModelScalesIntensitiesAsItWasTrained(IntensityMethod method) {
        FoldResult result = runner().run(request(0, output, 2, Optional.of(method)), context);

        Intensity intensity = ModelPackage.open(Path.of(result.model().uri()))
                .manifest()
                .preset()
                .intensity();
        assertThat(intensity)
                .isEqualTo(
                        switch (method) {
                            case WINDOW -> new IntensityWindow(1, 99);
                            case PERCENTILES -> new Percentiles(1, 99);
                            case Z_SCORE -> new ZScore();
                            case CLIPPED_SCORE -> new ClippedScore(1, 99, 40, 20);
                        });
    }

    @Test
    void theModelSaysHowItWasTrainedAndWhatThatWasPlannedFrom() {
        FoldResult result = runner().run(request(0, output), context);

        JsonNode provenance =
                ModelPackage.open(Path.of(result.model().uri())).manifest().provenance();
        assertThat(provenance.path("settings").asText())
                .contains("anywhere=0.5", "Mirror[axes=[2]]", "GaussianNoise[", "overlap=0.5", "earlyStop=");
        assertThat(provenance.path("planned")).hasToString("[\"as nobody would\"]");
    }

    @Test
    void theModelOfAFoldIsItsBestFileAndNoCopy() throws IOException {
        FoldResult result = runner().run(request(0, output), context);

        ModelPackage model = ModelPackage.open(Path.of(result.model().uri()));
        assertThat(Files.isSameFile(
                        model.weights().get(0), output.resolve("fold-0").resolve(FoldJob.BEST)))
                .isTrue();
        assertThat(result.model().sha256())
                .isEqualTo(Digest.ofAll(List.of(
                        Digest.of(model.directory().resolve(ModelManifest.FILE)),
                        Digest.of(model.weights().get(0)))));
    }

    @Test
    void aRepeatedFoldGivesTheSameWithoutTrainingAgain() {
        FoldResult first = runner().run(request(1, output), context);
        context.said().clear();

        FoldResult again = runner().run(request(1, output), context);

        assertThat(context.said()).isEmpty();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void aModelThatIsDamagedIsMadeAgainOfTheBestNetwork() throws IOException {
        FoldResult first = runner().run(request(1, output), context);
        Path model = Path.of(first.model().uri()).resolve(ModelManifest.FILE);
        Files.writeString(model, "damaged");

        FoldResult again = runner().run(request(1, output), context);

        assertThat(again.model()).isEqualTo(first.model());
        assertThat(ModelPackage.open(Path.of(again.model().uri())).weights()).hasSize(1);
    }

    @Test
    void aTrainingThatIsMadeLongerHasTheBestNetworkOfAllItsIterations() throws IOException {
        FoldResult shorter = runner().run(request(0, output, 2, 2), context);
        FoldResult longer = runner().run(request(0, output, 2, 12), context);

        assertThat(longer.iterations()).isEqualTo(12);
        assertThat(longer.bestIteration()).isGreaterThan(2);
        assertThat(longer.model().sha256()).isNotEqualTo(shorter.model().sha256());
        Path best = output.resolve("fold-0").resolve(FoldJob.BEST);
        ModelPackage model = ModelPackage.open(Path.of(longer.model().uri()));
        assertThat(Digest.of(model.weights().get(0))).isEqualTo(Digest.of(best));
    }

    @Test
    void aFoldThatIsLostLeavesNoManifest() throws IOException {
        JobContext lost = new FirstStart() {
            private int asked;

            @Override
            public void requireOwned() {
                // The last question is that of the manifest.
                if (++asked > 1 && Files.exists(output.resolve("fold-0/model"))) {
                    throw new JobException(FailureCode.JOB_CANCELLED, "lost");
                }
            }
        };
        assertThatThrownBy(() -> runner().run(request(0, output), lost)).hasMessage("lost");
        assertThat(output.resolve("fold-0/model")).exists();
        assertThat(output.resolve("fold-0/manifest.json")).doesNotExist();
        assertThat(scratch).isEmptyDirectory();
        assertThat(runner().run(request(0, output), context).iterations()).isEqualTo(2);
        assertThat(output.resolve("fold-0/manifest.json")).exists();
    }

    @Test
    void anOutputOutsideTheAllowedRootsIsRefused() {
        assertThatThrownBy(() -> runner().run(request(0, scratch.resolve("elsewhere")), context))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.REFERENCE_NOT_ALLOWED));
    }

    @Test
    void aLinkBelowTheOutputThatLeadsOutIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
        for (String name : List.of("fold-0", "cache")) {
            Path link = Files.createSymbolicLink(output.resolve(name), elsewhere);

            refused(FailureCode.REFERENCE_NOT_ALLOWED, request(0, output));

            assertThat(elsewhere).isEmptyDirectory();
            Files.delete(link);
        }
    }

    @Test
    void aLinkInTheDataSetThatLeadsOutIsRefused() throws IOException {
        Path secret = Files.writeString(scratch.resolve("secret"), "secret");
        Files.createSymbolicLink(dataset.resolve("imagesTr/c9.nii"), secret);

        refused(FailureCode.REFERENCE_NOT_ALLOWED, request(0, output));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file://host/results",
                "file:///results?X-Amz-Signature=4f2a",
                "https://bucket.example.org/results?X-Amz-Signature=4f2a",
                "s3://bucket/results"
            })
    void anOutputIsAFolderWithoutHostOrQuery(String reference) {
        refused(FailureCode.REFERENCE_UNSUPPORTED, request(0, 2, dataset.toUri(), URI.create(reference)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file://host/dataset",
                "file:///dataset?X-Amz-Signature=4f2a",
                "https://bucket.example.org/dataset.zip?X-Amz-Signature=4f2a",
                "s3://bucket/dataset/"
            })
    void aDataSetIsAFolderWithoutHostOrQuery(String reference) {
        refused(FailureCode.REFERENCE_UNSUPPORTED, request(0, 2, URI.create(reference), output.toUri()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://bucket.example.org/w.pt?X-Amz-Signature=4f2a", "file://host/w.pt"})
    void weightsToStartFromLieInAFolderToo(String reference) {
        TrainingFoldRequested plain = request(0, output);
        TrainingSpec spec = plain.training();
        TrainingSpec weights = new TrainingSpec(
                spec.dataset(),
                spec.preprocessing(),
                spec.split(),
                spec.architecture(),
                spec.settings(),
                spec.seed(),
                Optional.of(URI.create(reference)));

        refused(
                FailureCode.REFERENCE_UNSUPPORTED,
                new TrainingFoldRequested("boxes", 0, weights, "boxes", plain.output()));
    }

    /** The message has nothing of the reference. */
    private void refused(FailureCode code, TrainingFoldRequested request) {
        assertThatThrownBy(() -> runner().run(request, context))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(code))
                .message()
                .doesNotContain("4f2a", "results", "elsewhere", scratch.toString(), output.toString());
    }

    @Test
    void aDataSetThatIsNotMountedIsNoTrainingsFault() throws IOException {
        TrainingFoldRunner runner = runner();
        Path away = Files.move(dataset, scratch.resolve("away"));
        failsWith(FailureCode.INPUT_ROOT_MISSING, runner);
        Files.move(away, dataset);
        Files.delete(dataset.resolve("imagesTr/c0.nii"));
        failsWith(FailureCode.DATASET_INVALID, runner);
    }

    @Test
    void anOutputRootThatIsNotMountedIsNotMadeAndNoTrainingsFault() throws IOException {
        TrainingFoldRunner runner = runner();
        Path away = Files.move(output, scratch.resolve("away"));
        failsWith(FailureCode.OUTPUT_ROOT_MISSING, runner);
        assertThat(output).doesNotExist();
        Files.move(away, output);
    }

    private void failsWith(FailureCode code, TrainingFoldRunner runner) {
        assertThatThrownBy(() -> runner.run(request(0, output), context))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aStageThatTakesTooLongEndsTheFold() {
        FirstStart stuck = new FirstStart() {
            @Override
            public boolean cancelled() {
                try {
                    new CountDownLatch(1).await();
                    return false;
                } catch (InterruptedException e) {
                    return true;
                }
            }
        };
        assertThatThrownBy(() -> runner(Duration.ofMillis(500)).run(request(0, output), stuck))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.JOB_TIMED_OUT))
                .hasMessageContaining("prepare");
        assertThat(stuck.said()).isEmpty();
    }

    @Test
    void moreFoldsThanCasesAreRefused() {
        assertThatThrownBy(() -> runner().run(request(0, output, 5), context))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.FOLDS_INVALID));
    }

    private TrainingFoldRunner runner() {
        return runner(TrainingFoldRunner.STAGE_LIMIT);
    }

    private TrainingFoldRunner runner(Duration stageLimit) {
        return TrainingFoldRunner.create(
                AccessPolicy.files(List.of(dataset), List.of(output)), scratch, "cpu", "test", stageLimit);
    }

    private TrainingFoldRequested request(int fold, Path folder) {
        return request(fold, folder, 2);
    }

    private TrainingFoldRequested request(int fold, Path folder, int folds) {
        return request(fold, folds, 2, dataset.toUri(), folder.toUri(), Optional.empty());
    }

    private TrainingFoldRequested request(int fold, Path folder, int folds, int iterations) {
        return request(fold, folds, iterations, dataset.toUri(), folder.toUri(), Optional.empty());
    }

    private TrainingFoldRequested request(int fold, Path folder, int folds, Optional<IntensityMethod> intensity) {
        return request(fold, folds, 2, dataset.toUri(), folder.toUri(), intensity);
    }

    private static TrainingFoldRequested request(int fold, int folds, URI data, URI folder) {
        return request(fold, folds, 2, data, folder, Optional.empty());
    }

    private static TrainingFoldRequested request(
            int fold, int folds, int iterations, URI data, URI folder, Optional<IntensityMethod> intensity) {
        TrainingSpec spec = new TrainingSpec(
                data,
                PreprocessingSpec.explicit(new ExplicitPreprocessing(
                        Optional.empty(),
                        intensity.isPresent() ? 1 : -100,
                        intensity.isPresent() ? 99 : 200,
                        Optional.empty(),
                        intensity,
                        intensity
                                .filter(method -> method == IntensityMethod.CLIPPED_SCORE)
                                .map(method -> new IntensityScore(40, 20)),
                        Optional.of(List.of("as nobody would")),
                        Optional.empty())),
                Split.drawn(folds),
                new NetworkShape(List.of(4, 4, 4, 4), List.of(1, 1, 1, 1), 8, 3).architecture(),
                new TrainingSettings(
                        iterations,
                        2,
                        1,
                        1,
                        List.of(32, 32, 32),
                        1e-3,
                        Optimizer.ADAMW,
                        0.01,
                        true,
                        Optional.of(0.5),
                        Optional.of(new Variations(List.of(2), false, false, true)),
                        Optional.of(0.5),
                        Optional.of(1000)),
                7,
                Optional.empty());
        return new TrainingFoldRequested("boxes", fold, spec, "boxes", folder);
    }

    private void writeCase(int number) {
        SplittableRandom random = new SplittableRandom(number);
        Geometry geometry = new Geometry(SHAPE, Affine.scaling(1, 1, 1));
        float[] hu = new float[SHAPE.length()];
        byte[] labels = new byte[hu.length];
        for (int n = 0; n < hu.length; n++) {
            int i = n / (SHAPE.h() * SHAPE.w());
            labels[n] = (byte) (i > 10 + number && i < 25 ? 1 : 0);
            hu[n] = (float) (labels[n] * 100 + 20 * random.nextDouble());
        }
        new NiftiWriter().write(new Volume(geometry, hu), dataset.resolve("imagesTr/c" + number + ".nii"));
        new NiftiWriter().write(new LabelMap(geometry, labels), dataset.resolve("labelsTr/c" + number + ".nii"));
    }
}
