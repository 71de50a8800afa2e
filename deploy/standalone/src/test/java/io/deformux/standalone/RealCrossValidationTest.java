package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.evaluation.LabelScore;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.Event;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.NetworkShape;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Split;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.standalone.demo.DemoRun;
import io.deformux.standalone.option.ScanInput;
import io.deformux.standalone.run.TrainingRun;
import io.deformux.testing.JavaCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real thing, some minutes long and so not run by default: {@code mvn -q verify -Dgroups=real -DexcludedGroups=}. Four
 * folds on real blocks of a head CT by message, with two workers in processes of their own, one of which is killed in the
 * middle of a fold; then the published ensemble segments the whole head.
 */
@Tag("real")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class RealCrossValidationTest {
    private static final int ITERATIONS = 240;
    private static final int INTERVAL = 60;
    private static final Path DATA =
            Path.of(Optional.ofNullable(System.getenv("DEFORMUX_DATA")).orElse("../../../shared/data"));

    private final List<Process> workers = new ArrayList<>();

    @AfterEach
    void stopWorkers() {
        workers.forEach(Process::destroyForcibly);
    }

    @Test
    void aCrossValidationSurvivesAKilledWorkerAndItsModelSegments(@TempDir Path folder) throws IOException {
        assumeThat(DATA.resolve("ct-head-msd")).isDirectory();
        long start = System.nanoTime();
        Path models = Files.createDirectory(folder.resolve("models"));
        Path training = Files.createDirectory(folder.resolve("training"));
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka, TopicSetup.topics());
            workers.add(worker(broker.bootstrapServers(), models, training, folder.resolve("worker-0.log")));
            workers.add(worker(broker.bootstrapServers(), models, training, folder.resolve("worker-1.log")));
            TrainingCompleted completed = train(kafka, training);
            System.out.printf("4 folds: %.0f s%n", (System.nanoTime() - start) / 1e9);
            System.out.println(TrainingRun.summary(completed.dice()));
            assertThat(completed.folds()).extracting(FoldResult::fold).containsExactly(0, 1, 2, 3);
            double mean = completed.dice().stream()
                    .mapToDouble(label -> label.mean().orElseThrow())
                    .average()
                    .orElseThrow();
            assertThat(mean).as("mean Dice over soft tissue and bone").isGreaterThanOrEqualTo(0.85);
            segment(kafka, new ModelStore(models), completed, folder);
        }
    }

    private TrainingCompleted train(KafkaConnection kafka, Path training) {
        List<String> topics = List.of(Topics.TRAINING_RESULT, Topics.PROGRESS);
        try (EventReader reader = new EventReader(kafka, topics, EventReader.From.NOW);
                EventPublisher publisher = new EventPublisher(kafka, URI.create("/deformux/test"))) {
            publisher.publish(request(training));
            reader.await(received -> isBetweenCheckpoints(received.event()), Duration.ofMinutes(10))
                    .orElseThrow();
            workers.get(0).destroyForcibly(); // SIGKILL
            Event end = reader.await(
                            received -> received.event() instanceof TrainingCompleted
                                    || received.event() instanceof TrainingFailed,
                            Duration.ofMinutes(20))
                    .orElseThrow()
                    .event();
            assertThat(end).isInstanceOf(TrainingCompleted.class);
            assertThat(reader.await(received -> received.event() instanceof TrainingCompleted, Duration.ofSeconds(10)))
                    .as("completed once")
                    .isEmpty();
            return (TrainingCompleted) end;
        }
    }

    private static boolean isBetweenCheckpoints(Event event) {
        return event instanceof JobProgress progress
                && progress.done() > INTERVAL + INTERVAL / 4
                && progress.done() < 2 * INTERVAL;
    }

    private static TrainingRequested request(Path training) {
        TrainingSettings settings = new TrainingSettings(
                        ITERATIONS,
                        INTERVAL,
                        1,
                        2,
                        List.of(48, 48, 48),
                        2e-3,
                        TrainingSettings.REFERENCE.optimizer(),
                        TrainingSettings.REFERENCE.weightDecay(),
                        false)
                .withCropsAnywhere(TrainingSettings.CROPS_ANYWHERE);
        TrainingSpec spec = new TrainingSpec(
                DATA.resolve("ct-head-msd").toAbsolutePath().normalize().toUri(),
                PreprocessingSpec.explicit(new ExplicitPreprocessing(Optional.empty(), -125, 275, Optional.empty())),
                new Split(4, Optional.empty(), Optional.empty()),
                new NetworkShape(List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3).architecture(),
                settings,
                1,
                Optional.empty());
        return new TrainingRequested("real", spec, "head", training.toUri());
    }

    private static Process worker(String bootstrapServers, Path models, Path training, Path log) throws IOException {
        return JavaCommand.of(
                        Deformux.class,
                        "train-worker",
                        "--bootstrap-servers",
                        bootstrapServers,
                        "--models",
                        models.toString(),
                        "--allow-input",
                        DATA.toAbsolutePath().normalize().toString(),
                        "--allow-output",
                        training.toString())
                .withModules()
                .builder()
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void segment(KafkaConnection kafka, ModelStore models, TrainingCompleted trained, Path folder)
            throws IOException {
        long start = System.nanoTime();
        Path output = Files.createDirectory(folder.resolve("outputs"));
        ModelReference model = new ModelReference(trained.model().name(), Optional.empty());
        Event result = DemoRun.of(
                        folder,
                        models,
                        model,
                        ScanInput.reference(DATA.resolve("ct-head/dicom")),
                        output,
                        new PrintWriter(System.out, true))
                .run(kafka, Duration.ofMinutes(10))
                .orElseThrow();
        assertThat(result).isInstanceOf(SegmentationCompleted.class);
        SegmentationCompleted completed = (SegmentationCompleted) result;
        assertThat(completed.model().version()).isEqualTo(trained.model().version());
        NiftiReader reader = new NiftiReader(1 << 26);
        Path labels = completed.outputs().stream()
                .filter(file -> file.role().equals("label-map"))
                .map(file -> Path.of(file.uri()))
                .findFirst()
                .orElseThrow();
        System.out.printf("the whole head: %.0f s%n", (System.nanoTime() - start) / 1e9);
        for (LabelScore score : LabelScore.perLabel(
                reader.readLabels(labels), reader.readLabels(DATA.resolve("ct-head/ct_head_labels.nii.gz")), 3, 1)) {
            System.out.printf("label %d: Dice %.4f, HD95 %.2f mm%n", score.label(), score.dice(), score.hausdorff95());
            // The whole head has windows of little but air, which no block has.
            double folds = trained.dice().get(score.label() - 1).mean().orElseThrow();
            assertThat(score.dice()).isGreaterThan(folds - 0.03);
        }
    }
}
