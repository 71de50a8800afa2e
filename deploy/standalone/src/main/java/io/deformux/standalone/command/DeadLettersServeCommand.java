package io.deformux.standalone.command;

import io.deformux.messaging.cluster.AwaitedTopics;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.deadletter.ReplayWorker;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.run.RunUntilStopped;
import io.deformux.standalone.run.RunningWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays by event. */
@Command(
        name = "serve",
        description = "Replays the dead letters that io.deformux.dead-letter.replay.v1 events ask for, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class DeadLettersServeCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--no-create-topics",
            description = "Do not create missing topics; for clusters where an administrator does.")
    private boolean leaveTopics;

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = kafka.connection();
        if (!leaveTopics) {
            AwaitedTopics.create(connection);
        }
        RunUntilStopped.run(List.of(RunningWorker.of(ReplayWorker.start(connection))), GRACE, () -> {});
        return ExitCode.OK;
    }
}
