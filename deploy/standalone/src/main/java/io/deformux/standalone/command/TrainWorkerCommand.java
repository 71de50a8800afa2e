package io.deformux.standalone.command;

import io.deformux.messaging.RunningWorker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.TelemetryOptions;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.standalone.option.Version;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.standalone.run.ClusterWorker;
import io.deformux.standalone.run.WatchedWorkers;
import io.deformux.worker.train.messaging.TrainingFoldRunner;
import io.deformux.worker.train.messaging.TrainingWorkerConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One training worker on an existing Kafka cluster. */
@Command(
        name = "train-worker",
        description = {
            "Takes training requests from a Kafka cluster, trains their folds with the other training workers,",
            "and publishes the ensembles as models."
        },
        mixinStandardHelpOptions = true)
public final class TrainWorkerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private WorkerOptions worker;

    @Mixin
    private TelemetryOptions telemetry;

    @Mixin
    private TopicOptions topics;

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = kafka.connection();
        worker.access(); // a wrong command line is told before a cluster is looked for
        connection.requireUsable();
        WorkerRole role = WorkerRole.training(worker.group(WorkerOptions.TRAINING_GROUP));
        new ClusterWorker(connection, role, topics, worker.grace())
                .run(
                        telemetry.start(),
                        workers -> DeviceWorkers.with(
                                start(connection, worker, workers), worker.devices(), spec, spec.name(), List.of()));
        return ExitCode.OK;
    }

    /** Starts the worker that the options tell. */
    static RunningWorker start(KafkaConnection kafka, WorkerOptions worker, WatchedWorkers workers) {
        return workers.training(
                config(kafka, worker),
                worker.device(),
                Version.current(),
                worker.stageLimit(TrainingFoldRunner.STAGE_LIMIT));
    }

    /** What the options tell it. */
    static TrainingWorkerConfig config(KafkaConnection kafka, WorkerOptions worker) {
        return TrainingWorkerConfig.of(
                        kafka,
                        worker.group(WorkerOptions.TRAINING_GROUP),
                        worker.models(),
                        worker.access(),
                        worker.scratch())
                .withLoops(worker::loop);
    }
}
