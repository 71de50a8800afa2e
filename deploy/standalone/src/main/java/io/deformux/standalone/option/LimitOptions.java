package io.deformux.standalone.option;

import io.deformux.messaging.job.JobLimits;
import io.deformux.standalone.settings.Quantity;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long a worker's jobs may take. */
public final class LimitOptions {
    @Quantity(unit = "s", least = 1, most = 31_536_000)
    @Option(
            names = "--job-seconds",
            paramLabel = "N",
            description = "How long one start of a job may take; then it fails with JOB_TIMED_OUT (default: 43200; of a"
                    + " fold 604800).")
    private Optional<Integer> job = Optional.empty();

    @Quantity(unit = "s", least = 1, most = 604_800)
    @Option(
            names = "--stage-seconds",
            paramLabel = "N",
            description = "How long each stage of a job may take, such as fetch, read, prepare or store; windows and"
                    + " training steps are left to --job-seconds (default: 3600; of a fold 86400).")
    private Optional<Integer> stage = Optional.empty();

    @Quantity(unit = "s", least = 1, most = 86_400)
    @Option(
            names = "--notice-seconds",
            description =
                    "How long a cancelled job may take to notice, as in the middle of a window; then the worker ends"
                            + " with exit code 71 (default: ${DEFAULT-VALUE}).")
    private int noticeSeconds = 300;

    /** How long a stage of a job may take, or {@code usual}. */
    Duration stage(Duration usual) {
        return stage.map(seconds -> Duration.ofSeconds(seconds)).orElse(usual);
    }

    /** The times that were given, {@code usual} for the others, and an end of the process as the last resort. */
    JobLimits of(JobLimits usual) {
        return new JobLimits(
                job.map(seconds -> Duration.ofSeconds(seconds)).orElse(usual.time()),
                Duration.ofSeconds(noticeSeconds),
                ProcessEnd.HALT);
    }
}
