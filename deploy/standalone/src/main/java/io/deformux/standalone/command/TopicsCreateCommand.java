package io.deformux.standalone.command;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.standalone.option.KafkaOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes topics once, by whoever may, for programs that may not. */
@Command(
        name = "create",
        description = "Creates the topics that are missing, with the partitions and the retention that programs need.",
        mixinStandardHelpOptions = true)
public final class TopicsCreateCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() {
        KafkaConnection connection = kafka.connection();
        TopicSetup.create(connection);
        FeedPublisher.createTopic(connection);
        return ExitCode.OK;
    }
}
