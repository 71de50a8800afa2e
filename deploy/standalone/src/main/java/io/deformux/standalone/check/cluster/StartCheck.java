package io.deformux.standalone.check.cluster;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.standalone.check.Finding;
import io.deformux.standalone.check.Severity;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A look at the cluster when a worker starts: what is not as it should be is said in the log, with the cure. */
public final class StartCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

    private StartCheck() {}

    /**
     * Looks at topics and rights. What lacks stops no worker, since it waits until it is there.
     *
     * @throws io.deformux.failure.JobException {@code KAFKA_UNAVAILABLE} if the connection cannot be used as it is written
     */
    public static void report(KafkaConnection connection, WorkerRole role) {
        connection.requireUsable();
        List<Finding> wanting = new ClusterCheck(connection, List.of(role))
                .lookAtNeeds().stream()
                        .filter(finding -> finding.verdict() != Severity.OK)
                        .toList();
        wanting.forEach(StartCheck::say);
        if (wanting.isEmpty()) {
            LOG.info("Kafka at {} has all topics and rights that are needed", connection);
        }
    }

    private static void say(Finding finding) {
        String line = finding.name() + ": " + finding.value() + "; "
                + finding.advice().orElse("");
        if (finding.verdict() == Severity.FAIL) {
            LOG.error("{}", line);
        } else {
            LOG.warn("{}", line);
        }
    }
}
