package io.deformux.worker.train.plan;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Outage;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.cluster.TopicSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The internal topic as it is. */
final class InternalTopic {
    private static final long TIMEOUT_SECONDS = 30;

    private InternalTopic() {}

    /**
     * How many partitions it has, whoever made it when; if it is not there, how many it is to have. A cluster that does not
     * answer, or refuses, is waited for.
     *
     * @throws io.deformux.failure.JobException {@code KAFKA_UNAVAILABLE} if the connection cannot be used as it is written
     */
    static int partitions(KafkaConnection connection, String topic, Outage outage) {
        connection.requireUsable();
        while (true) {
            try (Admin admin = Admin.create(connection.client(Map.of()))) {
                return partitions(admin, topic);
            } catch (InterruptException e) {
                throw e;
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                pause(outage.refused("Planning at " + connection, Refusal.of(e)));
            }
        }
    }

    private static int partitions(Admin admin, String topic) throws ExecutionException, TimeoutException {
        try {
            return admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof AuthorizationException) { // then Kafka Streams says what lacks
                return TopicSetup.JOB_PARTITIONS;
            }
            throw e;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
