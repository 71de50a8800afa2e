package io.deformux.worker.infer;

import io.deformux.messaging.JobLoopConfig;
import io.deformux.messaging.KafkaConnection;
import io.deformux.model.ModelStore;
import io.deformux.storage.AccessPolicy;
import java.util.Objects;

/**
 * What an inference worker needs to know.
 *
 * @param kafka how to reach the cluster
 * @param loop topic, group, attempts and time-outs of the job loop
 * @param models where models come from
 * @param access what events may refer to
 * @param segmentation limits and folders of a job
 * @param compute how the network runs
 */
public record InferenceWorkerConfig(
        KafkaConnection kafka,
        JobLoopConfig loop,
        ModelStore models,
        AccessPolicy access,
        SegmentationSettings segmentation,
        ComputeSettings compute) {

    /** Checks that every part is there. */
    public InferenceWorkerConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(segmentation, "segmentation");
        Objects.requireNonNull(compute, "compute");
    }
}
