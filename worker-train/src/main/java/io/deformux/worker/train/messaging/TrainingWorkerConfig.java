package io.deformux.worker.train.messaging;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLimits;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.model.ModelStore;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a training worker needs to know, apart from how to train.
 *
 * @param kafka how to reach the cluster
 * @param folds group, attempts and time-outs of the loop that trains folds
 * @param publications the same of the loop that publishes
 * @param planGroup the group of the plan, see {@code PlanApp}
 * @param models where models are published
 * @param access what events may refer to; publication reads what folds have written, below the output roots
 * @param scratch where a publication keeps files while it runs
 */
public record TrainingWorkerConfig(
        KafkaConnection kafka,
        JobLoopConfig folds,
        JobLoopConfig publications,
        String planGroup,
        ModelStore models,
        AccessPolicy access,
        Path scratch) {
    /**
     * A fold goes on from its checkpoint and may be killed on every machine that it meets, so it is started more often
     * than a short job. A publication gives up no less late, since hours of training hang on it.
     */
    public static final Attempts ATTEMPTS = Attempts.DEFAULT.withCrashes(10);

    /** A fold of some thousand iterations takes days on a CPU; what takes longer goes on from its checkpoint if it is sent again. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final URI SOURCE = URI.create("/deformux/worker-train");
    private static final int MAX_EVENT_BYTES = 1_000_000;

    /** Checks that every part is there. */
    public TrainingWorkerConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(folds, "folds");
        Objects.requireNonNull(publications, "publications");
        Objects.requireNonNull(planGroup, "planGroup");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(scratch, "scratch");
    }

    /**
     * The defaults.
     *
     * @param group the beginning of the names of the three groups
     */
    public static TrainingWorkerConfig of(
            KafkaConnection kafka, String group, ModelStore models, AccessPolicy access, Path scratch) {
        TrainingGroups groups = TrainingGroups.of(group);
        return new TrainingWorkerConfig(
                kafka,
                loop(Topics.TRAINING_FOLD_REQUESTED, groups.folds()),
                loop(Topics.TRAINING_READY, groups.publications()),
                groups.plan(),
                models,
                access,
                scratch);
    }

    /** The same with both loops changed alike. */
    public TrainingWorkerConfig withLoops(UnaryOperator<JobLoopConfig> change) {
        return new TrainingWorkerConfig(
                kafka, change.apply(folds), change.apply(publications), planGroup, models, access, scratch);
    }

    private static JobLoopConfig loop(String topic, String group) {
        return JobLoopConfig.of(topic, group, SOURCE)
                .withAttempts(ATTEMPTS)
                .withMaxEventBytes(MAX_EVENT_BYTES)
                .withLimits(JobLimits.DEFAULT.withTime(LONGEST));
    }
}
