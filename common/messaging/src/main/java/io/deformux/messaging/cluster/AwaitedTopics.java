package io.deformux.messaging.cluster;

import io.deformux.failure.JobException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AclOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics as a service needs them when it begins: it does not end because Kafka is away, it waits for it. */
public final class AwaitedTopics {
    private static final Logger LOG = LoggerFactory.getLogger(AwaitedTopics.class);

    private AwaitedTopics() {}

    /**
     * {@link TopicSetup#create(KafkaConnection)} as soon as Kafka takes it. What keeps it from that is said once; the waits
     * between tries grow to half a minute where somebody must change something first.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE} if the connection cannot be used as it is written, which no wait mends
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static void create(KafkaConnection connection) throws InterruptedException {
        connection.requireUsable();
        Outage outage = new Outage(LOG);
        while (true) {
            try {
                TopicSetup.create(connection);
                return;
            } catch (JobException e) {
                Duration wait = outage.refused(
                        "Kafka at " + connection, Refusal.of(e.getCause(), topic -> AclOperation.CREATE));
                TimeUnit.MILLISECONDS.sleep(wait.toMillis());
            }
        }
    }
}
