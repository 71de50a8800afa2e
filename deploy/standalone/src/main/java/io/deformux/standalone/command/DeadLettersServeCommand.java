package io.deformux.standalone.command;

import io.deformux.messaging.JobWorker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.deadletter.ReplayWorker;
import io.deformux.schemas.Topics;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.ManagementOptions;
import io.deformux.standalone.option.ProcessEnd;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.standalone.run.RunUntilStopped;
import io.deformux.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Replays by event. */
@Command(
        name = "serve",
        description = "Replays the dead letters that io.deformux.dead-letter.replay.v1 events ask for, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class DeadLettersServeCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Mixin
    private ConfigOptions config;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private TopicOptions topics;

    @Mixin
    private ManagementOptions management;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = kafka.connection();
        try (Telemetry told = management.start(spec)) {
            told.watch(connection, List::of);
            topics.create(connection);
            JobWorker worker = ReplayWorker.start(
                    connection, told.jobs(connection.topics(), Topics.DEAD_LETTER_REPLAY), ProcessEnd.HALT);
            told.watch("replays", worker::isAlive, worker.health());
            told.started();
            RunUntilStopped.run(List.of(worker), GRACE, told, () -> {});
        }
        return ExitCode.OK;
    }
}
