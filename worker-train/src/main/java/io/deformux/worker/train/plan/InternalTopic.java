package io.deformux.worker.train.plan;

import io.deformux.messaging.KafkaConnection;
import io.deformux.messaging.TopicSetup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The internal topic as it is. */
final class InternalTopic {
    private static final long TIMEOUT_SECONDS = 30;

    private InternalTopic() {}

    /**
     * How many partitions it has, whoever made it when; if it is not there, how many it is to have.
     *
     * @throws io.deformux.failure.JobException {@code KAFKA_UNAVAILABLE}
     */
    static int partitions(KafkaConnection connection, String topic) {
        try (Admin admin = Admin.create(connection.client(Map.of()))) {
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
            throw connection.unavailable(e);
        } catch (TimeoutException e) {
            throw connection.unavailable(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
