package io.deformux.standalone.command;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.deadletter.ReplayWorker;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.standalone.run.RunUntilStopped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Replays by event. */
@Command(
        name = "serve",
        description = "Replays the dead letters that io.deformux.dead-letter.replay.v1 events ask for, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class DeadLettersServeCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private TopicOptions topics;

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = kafka.connection();
        topics.create(connection);
        RunUntilStopped.run(List.of(ReplayWorker.start(connection)), GRACE, () -> {});
        return ExitCode.OK;
    }
}
