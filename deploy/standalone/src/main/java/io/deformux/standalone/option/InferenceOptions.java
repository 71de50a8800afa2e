package io.deformux.standalone.option;

import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.Topics;
import io.deformux.standalone.settings.Quantity;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an inference worker may be told beside what every worker is: how it segments and what it stores. */
public final class InferenceOptions {
    @Mixin
    private OutputOptions outputs;

    @Mixin
    private UnevenSlicesOption uneven;

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--preload",
            paramLabel = "NAME[:VERSION]",
            description =
                    "A model that an inference worker loads before its first job (default: the first job loads its"
                            + " own).")
    private Optional<String> preload = Optional.empty();

    @Option(
            names = "--no-prepare-next",
            description = "Do not fetch and preprocess the next scan while one is segmented; saves one scan's memory.")
    private boolean noPrepareNext;

    @Quantity(unit = "voxels", least = 1, most = Integer.MAX_VALUE)
    @Option(
            names = "--max-voxels",
            description = "Larger grids are refused before memory is taken (default: ${DEFAULT-VALUE}).")
    private int maxVoxels = SegmentationSettings.MAX_VOXELS;

    /** An inference worker on that cluster. */
    public InferenceWorkerConfig config(KafkaConnection kafka, WorkerOptions worker) {
        return config(kafka, worker, OutputRole.defaults());
    }

    /** The outputs as an option of another process: {@code usual} unless somebody says something else. */
    public String outputs(Set<OutputRole> usual) {
        return outputs.argument(usual);
    }

    /** A worker that stores {@code usual} unless somebody says something else. */
    public InferenceWorkerConfig config(KafkaConnection kafka, WorkerOptions worker, Set<OutputRole> usual) {
        return new InferenceWorkerConfig(
                kafka,
                worker.loop(JobLoopConfig.of(
                                Topics.SCAN_ARRIVED,
                                worker.group(WorkerOptions.INFERENCE_GROUP),
                                URI.create("/deformux/worker-infer")))
                        .withPrepareNext(!noPrepareNext)
                        .withUrgent(Topics.SCAN_URGENT),
                worker.models(),
                worker.access(),
                settings(worker, usual).withStageLimit(worker.stageLimit(SegmentationSettings.STAGE_LIMIT)),
                compute.on(worker.device()),
                preload.map(InferenceOptions::model));
    }

    private SegmentationSettings settings(WorkerOptions worker, Set<OutputRole> usual) {
        SegmentationSettings settings = outputs.settings(worker.scratch(), maxVoxels, usual);
        return uneven.asked()
                .map(asked -> settings.withUnevenSlices(UnevenSlices.valueOf(asked.name())))
                .orElse(settings);
    }

    private static ModelReference model(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new ModelReference(text, Optional.empty())
                : new ModelReference(text.substring(0, colon), Optional.of(text.substring(colon + 1)));
    }
}
