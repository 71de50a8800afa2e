package io.deformux.standalone.option;

import io.deformux.messaging.cluster.AwaitedTopics;
import io.deformux.messaging.cluster.KafkaConnection;
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

    /** Creates those that are missing, if it may, as soon as the cluster lets it; see {@link AwaitedTopics#create}. */
    public void create(KafkaConnection connection) throws InterruptedException {
        if (mayCreate()) {
            AwaitedTopics.create(connection);
        }
    }
}
