package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a worker without jobs asks of its broker. That is a broker of this test's own: one that ends takes the meters of
 * all others in its JVM along.
 */
@Timeout(90)
class IdleWorkerTest {
    /** It asks once it has found a routine job. */
    @Test
    void aWorkerWithoutJobsDoesNotAskForTheEndsOfTopics() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Workers workers = new Workers()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka);
            TopicSetup.create(kafka, List.of(new Topic("urgent", 1, Duration.ofHours(1))));
            Jobs jobs = new Jobs(kafka, 1);
            try {
                String first = jobs.send(0);
                workers.start(
                        kafka, jobs.config().withUrgent("urgent"), (job, context) -> List.of(Jobs.completed(job)));
                await().until(() -> !jobs.results(first).isEmpty());
                long before = listings();
                long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
                await().until(() -> System.nanoTime() - end > 0);
                assertThat(listings() - before).isLessThan(3);
            } finally {
                jobs.close();
            }
        }
    }

    /** How often any client has asked the broker, which is of this JVM, for ends of topics. */
    private static long listings() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        long sum = 0;
        for (ObjectName each : beans.queryNames(
                new ObjectName("kafka.network:type=RequestMetrics,name=RequestsPerSec,request=ListOffsets,*"), null)) {
            sum += (long) beans.getAttribute(each, "Count");
        }
        assertThat(sum).as("the test itself has asked").isPositive();
        return sum;
    }
}
