package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.model.ModelStore;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.Event;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.NetworkFigures;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingFailed;
import io.deformux.standalone.command.ExitCode;
import io.deformux.standalone.demo.PhantomDataset;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three small networks on the demo's phantoms by message, with two workers in processes of their own, one of which is killed
 * in the middle of a fold; then a comparison that somebody asks to end.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ComparisonByMessageTest {
    private static final Duration LONG = Duration.ofMinutes(8);

    @TempDir
    static Path folder;

    @Test
    void aComparisonSurvivesAKilledWorkerAndAnotherOneEndsWhenAsked() throws Exception {
        new PhantomDataset(new Shape3(44, 56, 36), new double[] {8, 6, 8}).write(folder.resolve("dataset"), 4);
        Files.createDirectories(folder.resolve("output"));
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka);
            List<String> topics = List.of(Topics.TRAINING_RESULT, Topics.PROGRESS);
            try (ProgramProcess victim = worker(broker, "victim");
                    EventReader reader = new EventReader(kafka, topics, EventReader.From.EARLIEST)) {
                send(broker, "which", 12);
                await(reader, event -> event instanceof JobProgress progress && progress.done() >= 3);
                ProcessHandle.of(victim.pid()).orElseThrow().destroyForcibly(); // SIGKILL
                try (ProgramProcess worker = worker(broker, "worker")) {
                    Event end = await(
                            reader, event -> event instanceof ComparisonCompleted || event instanceof ComparisonFailed);
                    assertThat(end).as(worker.printed()).isInstanceOf(ComparisonCompleted.class);
                    assertWhole((ComparisonCompleted) end);

                    send(broker, "endless", 1_000_000);
                    await(
                            reader,
                            event -> event instanceof JobProgress progress
                                    && progress.jobId().startsWith("endless-"));
                    run(broker, "cancel", "endless");
                    assertCancelled(reader);
                }
            }
        }
    }

    private static void assertWhole(ComparisonCompleted comparison) {
        assertThat(comparison.failed()).isEmpty();
        assertThat(comparison.cases()).isEqualTo(4);
        assertThat(comparison.networks())
                .extracting(NetworkFigures::name)
                .containsExactlyInAnyOrder("deform-uxnet", "ux-net", "unetr");
        assertThat(comparison.networks().get(0).rank()).isEqualTo(1);
        assertThat(comparison.networks()).allSatisfy(network -> {
            assertThat(network.parameters()).isPositive();
            assertThat(network.multiplyAccumulates()).isPositive();
            assertThat(network.dice().cases()).isEqualTo(4);
            assertThat(network.rankShares().stream().mapToDouble(share -> share).sum())
                    .isBetween(0.999, 1.001);
            assertThat(network.trainingMs()).isPositive();
            assertThat(Path.of(network.modelUri())).isDirectory();
        });
        assertThat(comparison.files())
                .extracting(OutputFile::role)
                .containsExactly("comparison-json", "comparison-csv", "comparison-markdown");
        assertThat(comparison.files())
                .allSatisfy(file -> assertThat(Path.of(file.uri())).isNotEmptyFile());
        assertThat(new ModelStore(folder.resolve("models")).list()).hasSize(3);
    }

    /** The comparison and all its trainings, in any order. */
    private static void assertCancelled(EventReader reader) {
        Set<String> ended = new HashSet<>();
        List<String> codes = new ArrayList<>();
        await(reader, event -> {
            if (event instanceof ComparisonFailed failed) {
                ended.add(failed.comparisonId());
                codes.add(failed.code());
            } else if (event instanceof TrainingFailed failed) {
                ended.add(failed.trainingId());
                failed.failedFolds().forEach(fold -> codes.add(fold.code()));
            }
            return ended.size() == 4;
        });
        assertThat(ended)
                .containsExactlyInAnyOrder("endless", "endless-deform-uxnet", "endless-ux-net", "endless-unetr");
        assertThat(codes).containsOnly("JOB_CANCELLED_BY_REQUEST");
    }

    private static Event await(EventReader reader, Predicate<Event> fits) {
        return reader.await(received -> fits.test(received.event()), LONG)
                .orElseThrow(() -> new AssertionError("no such event came"))
                .event();
    }

    private static ProgramProcess worker(EmbeddedBroker broker, String name) throws IOException {
        return ProgramProcess.start(
                Map.of(),
                folder.resolve(name + ".log"),
                "train-worker",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--models",
                folder.resolve("models").toString(),
                "--allow-input",
                folder.resolve("dataset").toString(),
                "--allow-output",
                folder.resolve("output").toString(),
                "--scratch",
                folder.resolve(name).toString(),
                "--grace-seconds",
                "0");
    }

    private static void send(EmbeddedBroker broker, String id, int iterations) {
        List<String> options = new ArrayList<>(List.of(
                "send",
                "comparison",
                "--comparison-id",
                id,
                "--dataset",
                folder.resolve("dataset").toString(),
                "--window=-125,275",
                "--folds",
                "2",
                "--model",
                "phantoms",
                "--output",
                folder.resolve("output").toString(),
                "--iterations",
                Integer.toString(iterations),
                "--validation-interval",
                "6",
                "--crops",
                "1",
                "--roi",
                "32,32,32",
                "--networks",
                "deform-uxnet,ux-net,unetr"));
        for (String setting : List.of(
                "deform-uxnet.featureSizes=4,4,4,4",
                "deform-uxnet.depths=1,1,1,1",
                "deform-uxnet.hidden=8",
                "ux-net.featureSizes=4,4,4,4",
                "ux-net.depths=1,1,1,1",
                "ux-net.hidden=8",
                "unetr.featureSize=4",
                "unetr.hidden=24",
                "unetr.mlp=48",
                "unetr.heads=2")) {
            options.addAll(List.of("--network-setting", setting));
        }
        run(broker, options.toArray(String[]::new));
    }

    private static void run(EmbeddedBroker broker, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
        assertThat(Deformux.commandLine().execute(all.toArray(String[]::new))).isEqualTo(ExitCode.OK);
    }
}
