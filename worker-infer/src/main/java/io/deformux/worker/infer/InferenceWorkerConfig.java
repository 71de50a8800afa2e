package io.deformux.worker.infer;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.model.ModelStore;
import io.deformux.schemas.ModelReference;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.util.Objects;
import java.util.Optional;

/**
 * What an inference worker needs to know.
 *
 * @param kafka how to reach the cluster
 * @param loop topic, group, attempts and time-outs of the job loop
 * @param models where models come from
 * @param access what events may refer to
 * @param segmentation limits and folders of a job
 * @param compute how the network runs
 * @param preload the model to load before the first job is taken; empty: the first job loads its own
 */
public record InferenceWorkerConfig(
        KafkaConnection kafka,
        JobLoopConfig loop,
        ModelStore models,
        AccessPolicy access,
        SegmentationSettings segmentation,
        ComputeSettings compute,
        Optional<ModelReference> preload) {

    /** Checks that every part is there. */
    public InferenceWorkerConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(segmentation, "segmentation");
        Objects.requireNonNull(compute, "compute");
        Objects.requireNonNull(preload, "preload");
    }

    /** A configuration that preloads nothing. */
    public InferenceWorkerConfig(
            KafkaConnection kafka,
            JobLoopConfig loop,
            ModelStore models,
            AccessPolicy access,
            SegmentationSettings segmentation,
            ComputeSettings compute) {
        this(kafka, loop, models, access, segmentation, compute, Optional.empty());
    }
}
