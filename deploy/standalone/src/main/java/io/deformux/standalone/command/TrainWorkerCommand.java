package io.deformux.standalone.command;

import io.deformux.messaging.KafkaConnection;
import io.deformux.messaging.TopicSetup;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.standalone.run.RunUntilStopped;
import io.deformux.standalone.run.RunningWorker;
import io.deformux.worker.train.messaging.TrainingWorker;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One training worker on an existing Kafka cluster. */
@Command(
        name = "train-worker",
        description = {
            "Takes training requests from a Kafka cluster, trains their folds with the other training workers,",
            "and publishes the ensembles as models."
        },
        mixinStandardHelpOptions = true)
public final class TrainWorkerCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private WorkerOptions options;

    @Option(
            names = "--no-create-topics",
            description = "Do not create missing topics; for clusters where an administrator does.")
    private boolean leaveTopics;

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = kafka.connection();
        if (!leaveTopics) {
            TopicSetup.create(connection, TopicSetup.topics());
        }
        TrainingWorker worker = TrainingWorker.start(options.trainingConfig(connection), options.foldRunner());
        RunUntilStopped.run(List.of(RunningWorker.of(worker)), options.grace(), () -> {});
        return ExitCode.OK;
    }
}
