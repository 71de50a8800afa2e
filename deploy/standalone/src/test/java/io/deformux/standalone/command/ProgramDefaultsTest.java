package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.net.AssociationServer;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLimits;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.node.DicomNodeConfig;
import io.deformux.node.PeerList;
import io.deformux.pacs.ArchiveAddress;
import io.deformux.pacs.FeedStart;
import io.deformux.pacs.PacsBridgeConfig;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.ProcessEnd;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.train.messaging.TrainingFoldRunner;
import io.deformux.worker.train.messaging.TrainingWorkerConfig;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the training worker, the bridge and the node are given where nobody says anything. */
class ProgramDefaultsTest {
    private static final KafkaConnection KAFKA = KafkaConnection.of("kafka:9092");

    @Command
    static final class TrainingWorkerOptions {
        @Mixin
        private KafkaOptions kafka;

        @Mixin
        private WorkerOptions worker;
    }

    @Test
    void allDefaultsOfATrainingWorkerAreThese() {
        TrainingWorkerOptions options = CommandLine.populateCommand(
                new TrainingWorkerOptions(),
                "--bootstrap-servers=kafka:9092",
                "--models=/models",
                "--allow-input=/in",
                "--allow-output=/out");

        TrainingWorkerConfig config = TrainWorkerCommand.config(options.kafka.connection(), options.worker);

        assertThat(config)
                .isEqualTo(new TrainingWorkerConfig(
                        KAFKA,
                        loop("deformux.training.fold.requested", "deformux-train-fold"),
                        loop("deformux.training.ready", "deformux-train-publish"),
                        "deformux-train-plan",
                        config.models(),
                        AccessPolicy.files(List.of(Path.of("/in")), List.of(Path.of("/out"))),
                        Path.of(System.getProperty("java.io.tmpdir"), "deformux")
                                .toAbsolutePath()));
        assertThat(options.worker.stageLimit(TrainingFoldRunner.STAGE_LIMIT)).isEqualTo(Duration.ofDays(1));
        assertThat(options.worker.device()).isEqualTo("cpu");
        assertThat(options.worker.grace()).isEqualTo(Duration.ofSeconds(25));
    }

    /** Folds and publications alike: an error on either loop ends the process. */
    private static JobLoopConfig loop(String topic, String group) {
        return new JobLoopConfig(
                topic,
                group,
                URI.create("/deformux/worker-train"),
                new Attempts(
                        12,
                        10,
                        new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
                        new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1)),
                        Duration.ofMinutes(10),
                        Duration.ofDays(7)),
                Duration.ofSeconds(1),
                1_000_000,
                Duration.ofSeconds(6),
                Duration.ofSeconds(10),
                true,
                new JobLimits(Duration.ofDays(7), Duration.ofMinutes(5), ProcessEnd.HALT),
                Optional.empty());
    }

    @Test
    void allDefaultsOfABridgeAreThese() {
        PacsBridgeCommand command = CommandLine.populateCommand(
                new PacsBridgeCommand(),
                "--bootstrap-servers=kafka:9092",
                "--orthanc=http://pacs:8042",
                "--rules=/rules.json");

        assertThat(command.bridge())
                .isEqualTo(new PacsBridgeConfig(
                        KAFKA,
                        true,
                        new ArchiveAddress(
                                URI.create("http://pacs:8042"), URI.create("dicomweb://pacs:8042/dicom-web")),
                        Optional.empty(),
                        Path.of("/rules.json"),
                        "orthanc-pacs-8042",
                        Duration.ofSeconds(2),
                        new FeedStart.Beginning()));
    }

    @Test
    void allDefaultsOfANodeAreThese() {
        DicomNodeCommand command = CommandLine.populateCommand(
                new DicomNodeCommand(),
                "--bootstrap-servers=kafka:9092",
                "--incoming=/incoming",
                "--rules=/rules.json");

        assertThat(command.node())
                .isEqualTo(new DicomNodeConfig(
                        KAFKA,
                        true,
                        "DEFORMUX",
                        new AssociationServer.Settings(
                                new InetSocketAddress("0.0.0.0", 11_112), 16, Duration.ofSeconds(60), Optional.empty()),
                        new PeerList(List.of()),
                        Path.of("/incoming"),
                        Path.of("/incoming").toUri(),
                        Path.of("/rules.json"),
                        Duration.ofSeconds(30),
                        Duration.ofDays(30),
                        4_294_967_296L,
                        Optional.empty()));
    }
}
