package io.deformux.standalone.command;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.deadletter.ReplayWorker;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.InferenceOptions;
import io.deformux.standalone.option.TelemetryOptions;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.standalone.run.RunUntilStopped;
import io.deformux.standalone.run.RunningWorker;
import io.deformux.standalone.run.WatchedWorkers;
import io.deformux.telemetry.Telemetry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Broker and workers in one process. */
@Command(
        name = "up",
        description = "Starts a Kafka broker, an inference worker and a training worker in this process, until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private WorkerOptions worker;

    @Mixin
    private InferenceOptions inference;

    @Mixin
    private TelemetryOptions telemetry;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the broker keeps its log, so that events outlive a restart (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("deformux-data");

    @Override
    public Integer call() throws InterruptedException {
        try (Telemetry told = telemetry.start()) {
            run(told);
        }
        return ExitCode.OK;
    }

    private void run(Telemetry told) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(data.toAbsolutePath());
        KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
        TopicSetup.create(connection, TopicSetup.topics());
        WatchedWorkers watched = new WatchedWorkers(told);
        watched.cluster(
                connection,
                List.of(
                        WorkerRole.inference(worker.group(WorkerOptions.INFERENCE_GROUP)),
                        WorkerRole.training(worker.group(WorkerOptions.TRAINING_GROUP))));
        List<RunningWorker> workers = List.of(
                watched.inference(inference.config(connection, worker)),
                TrainWorkerCommand.start(connection, worker, watched),
                RunningWorker.of(ReplayWorker.start(connection)));
        PrintWriter out = spec.commandLine().getOut();
        out.println("bootstrap servers: " + broker.bootstrapServers());
        out.flush();
        told.started();
        RunUntilStopped.run(workers, worker.grace(), told, broker::close);
    }
}
