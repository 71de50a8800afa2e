package io.deformux.standalone.command;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.deadletter.ReplayWorker;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.InferenceOptions;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.standalone.run.RunUntilStopped;
import io.deformux.standalone.run.RunningWorker;
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

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the broker keeps its log, so that events outlive a restart (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("deformux-data");

    @Override
    public Integer call() throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(data.toAbsolutePath());
        KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
        TopicSetup.create(connection, TopicSetup.topics());
        List<RunningWorker> workers = List.of(
                InferWorkerCommand.start(connection, worker, inference),
                TrainWorkerCommand.start(connection, worker),
                RunningWorker.of(ReplayWorker.start(connection)));
        PrintWriter out = spec.commandLine().getOut();
        out.println("bootstrap servers: " + broker.bootstrapServers());
        out.flush();
        RunUntilStopped.run(workers, worker.grace(), broker::close);
        return ExitCode.OK;
    }
}
