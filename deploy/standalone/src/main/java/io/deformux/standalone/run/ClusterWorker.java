package io.deformux.standalone.run;

import io.deformux.messaging.RunningWorker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.standalone.check.cluster.BacklogWatch;
import io.deformux.standalone.check.cluster.StartCheck;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * One worker on a cluster, or one for each of several devices, which is waited for: what it lacks is said before the worker starts,
 * the backlog while it runs.
 *
 * @param kafka the cluster
 * @param role what the worker does there
 * @param topics what becomes of topics that lack
 * @param grace what a running job has when the process is told to stop
 */
public record ClusterWorker(KafkaConnection kafka, WorkerRole role, TopicOptions topics, Duration grace) {

    /** Starts the workers and returns when they have ended; {@code telemetry} is closed then. */
    public void run(Telemetry telemetry, Function<WatchedWorkers, List<RunningWorker>> start)
            throws InterruptedException {
        try (telemetry) {
            WatchedWorkers workers = new WatchedWorkers(telemetry);
            workers.cluster(kafka, List.of(role));
            topics.create(kafka);
            StartCheck.report(kafka, role);
            List<RunningWorker> running = start.apply(workers);
            telemetry.started();
            try (BacklogWatch watch = BacklogWatch.start(kafka, role)) {
                RunUntilStopped.run(running, grace, telemetry, () -> {});
            }
        }
    }
}
