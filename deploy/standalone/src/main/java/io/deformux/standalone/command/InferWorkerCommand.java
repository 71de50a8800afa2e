package io.deformux.standalone.command;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.InferenceOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.TelemetryOptions;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.standalone.run.ClusterWorker;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One inference worker on an existing Kafka cluster. */
@Command(
        name = "infer-worker",
        description = "Takes scan-arrived events from a Kafka cluster, segments, and publishes the results.",
        mixinStandardHelpOptions = true)
public final class InferWorkerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private WorkerOptions worker;

    @Mixin
    private InferenceOptions inference;

    @Mixin
    private TelemetryOptions telemetry;

    @Mixin
    private TopicOptions topics;

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = kafka.connection();
        worker.access(); // a wrong command line is told before a cluster is looked for
        connection.requireUsable();
        WorkerRole role = WorkerRole.inference(worker.group(WorkerOptions.INFERENCE_GROUP));
        new ClusterWorker(connection, role, topics, worker.grace())
                .run(
                        telemetry.start(),
                        workers -> DeviceWorkers.with(
                                workers.inference(inference.config(connection, worker)),
                                worker.devices(),
                                spec,
                                spec.name(),
                                List.of()));
        return ExitCode.OK;
    }
}
