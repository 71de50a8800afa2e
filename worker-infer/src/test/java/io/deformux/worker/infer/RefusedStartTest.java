package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.model.ModelStore;
import io.deformux.network.Arithmetic;
import io.deformux.network.Ways;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.loading.ModelLoader;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that computes right in no way takes no job: it does not start, and says what to do. */
class RefusedStartTest {
    @Test
    void whereNoWayToComputeIsRightTheWorkerDoesNotStart(@TempDir Path folder) {
        ComputeSettings compute = ComputeSettings.on("cpu");
        InferenceWorkerConfig config = new InferenceWorkerConfig(
                KafkaConnection.of("127.0.0.1:1"), // nobody is there, and nobody is asked
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "refused", URI.create("/test/refused")),
                new ModelStore(folder),
                AccessPolicy.files(List.of(), List.of()),
                new SegmentationSettings(folder.resolve("scratch"), 1 << 22, "test"),
                compute);
        Ways none = new Ways(List.of(), Map.of(Arithmetic.LIBRARY_BF16, "63 of 176 convolutions wrong"));
        SegmentationRuntime runtime = SegmentationRuntime.create(
                config.models(),
                config.access(),
                config.segmentation(),
                compute,
                new ModelLoader(compute, () -> 1, device -> none));

        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> InferenceWorker.start(config, runtime))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.ARITHMETIC_UNPROVEN))
                .withMessageContaining("bf16 by PyTorch: 63 of 176 convolutions wrong")
                .withMessageContaining("choose --precision auto")
                .withMessageContaining("another machine")
                .withMessageContaining("'deformux check'");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("inference-loop");
    }
}
