package io.deformux.standalone.check.cluster;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.telemetry.metrics.Backlog;
import java.util.List;
import java.util.function.Supplier;

/** What waits for the groups of some workers, looked at anew each time; it takes as long as the cluster takes to answer. */
public final class BacklogSurvey implements Supplier<List<Backlog>> {
    private final ClusterCheck cluster;

    /** A survey for workers of these roles. */
    public BacklogSurvey(KafkaConnection connection, List<WorkerRole> roles) {
        cluster = new ClusterCheck(connection, roles);
    }

    /** One for each group and topic that can be seen. */
    @Override
    public List<Backlog> get() {
        return cluster.backlogs();
    }
}
