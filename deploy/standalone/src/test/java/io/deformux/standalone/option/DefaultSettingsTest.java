package io.deformux.standalone.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.seg.SegKind;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLimits;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.network.PrecisionChoice;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a worker is given where nobody says anything. */
class DefaultSettingsTest {
    @Command
    static final class Required {
        @Mixin
        private KafkaOptions kafka;

        @Mixin
        private WorkerOptions worker;

        @Mixin
        private InferenceOptions inference;
    }

    private final Required options = CommandLine.populateCommand(
            new Required(),
            "--bootstrap-servers",
            "kafka:9092",
            "--models",
            "/models",
            "--allow-input",
            "/in",
            "--allow-output",
            "/out");

    /** As {@code up} does, and asks of the processes that it starts. */
    @Test
    void theScanIsStoredTooWhereAPageShowsItUnlessSomebodySaysWhatIs() {
        Set<OutputRole> shown = OutputRole.shown();
        KafkaConnection kafka = options.kafka.connection();

        assertThat(options.inference
                        .config(kafka, options.worker, shown)
                        .segmentation()
                        .outputs())
                .isEqualTo(shown)
                .contains(OutputRole.SCAN);
        assertThat(options.inference.outputs(shown))
                .isEqualTo("--outputs=label-map,dicom-seg,measurements,preview,scan");
        InferenceOptions told = CommandLine.populateCommand(new InferenceOptions(), "--outputs", "mesh");
        assertThat(told.config(kafka, options.worker, shown).segmentation().outputs())
                .containsExactlyInAnyOrder(OutputRole.LABEL_MAP, OutputRole.MESH);
        assertThat(told.outputs(shown)).isEqualTo("--outputs=mesh");
    }

    @Test
    void allDefaultsOfAWorkerAreThese() {
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "deformux").toAbsolutePath();

        InferenceWorkerConfig config = options.inference.config(options.kafka.connection(), options.worker);

        assertThat(config)
                .isEqualTo(new InferenceWorkerConfig(
                        KafkaConnection.of("kafka:9092"),
                        new JobLoopConfig(
                                "deformux.scan.arrived",
                                "deformux-infer",
                                URI.create("/deformux/worker-infer"),
                                new Attempts(
                                        12,
                                        3,
                                        new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
                                        new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1)),
                                        Duration.ofMinutes(10),
                                        Duration.ofDays(7)),
                                Duration.ofSeconds(1),
                                256 * 1024,
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(10),
                                true,
                                new JobLimits(Duration.ofHours(12), Duration.ofMinutes(5), ProcessEnd.HALT),
                                Optional.of("deformux.scan.urgent")),
                        config.models(),
                        AccessPolicy.files(List.of(Path.of("/in")), List.of(Path.of("/out"))),
                        new SegmentationSettings(
                                scratch,
                                1 << 29,
                                Version.current(),
                                EnumSet.of(
                                        OutputRole.LABEL_MAP,
                                        OutputRole.DICOM_SEG,
                                        OutputRole.MEASUREMENTS,
                                        OutputRole.PREVIEW),
                                SegKind.BINARY),
                        new ComputeSettings("cpu", PrecisionChoice.AUTO, false, false),
                        Optional.empty()));
        assertThat(options.worker.grace()).isEqualTo(Duration.ofSeconds(25));
        assertThat(options.worker.group(WorkerOptions.TRAINING_GROUP)).isEqualTo("deformux-train");
    }
}
