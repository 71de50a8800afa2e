package io.deformux.standalone.option;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import picocli.CommandLine.Option;

/** What becomes of topics that a cluster lacks. */
public final class TopicOptions {
    @Option(
            names = "--no-create-topics",
            description = "Do not create missing topics; for clusters where an administrator does.")
    private boolean leaveTopics;

    /** Whether missing topics are to be created. */
    public boolean mayCreate() {
        return !leaveTopics;
    }

    /** Creates those that are missing, if it may. */
    public void create(KafkaConnection connection) {
        if (mayCreate()) {
            TopicSetup.create(connection, TopicSetup.topics());
        }
    }
}
