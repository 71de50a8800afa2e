package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.member.StartCount;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.ScanArrived;
import io.deformux.testing.server.KafkaFixture;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A group that has done everything is at the end of its topic, as an autoscaler sees it. */
@Timeout(60)
class PassedMarkersTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 1);
    private final Workers workers = new Workers();
    private final EventRecords records = new EventRecords(URI.create("urn:deformux:test"), 1 << 20);

    @AfterEach
    void close() {
        workers.close();
        jobs.close();
    }

    @Test
    void theLagIsZeroWhenJobsThatCameInTransactionsAreDone() throws Exception {
        transaction(true, "first", "second");
        transaction(false, "aborted");
        transaction(true, "third");

        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> List.of(Jobs.completed(job)));

        await().atMost(LONG).untilAsserted(() -> assertThat(lag()).isZero());
        for (String id : List.of("first", "second", "third")) {
            assertThat(jobs.results(jobs.topic() + "-" + id)).hasSize(1);
        }
        assertThat(jobs.results(jobs.topic() + "-aborted")).isEmpty();
    }

    @Test
    void aGroupThatWasLeftBehindAMarkerIsMovedByTheNextWorker() throws Exception {
        transaction(true, "only");
        jobs.admin()
                .alterConsumerGroupOffsets(
                        jobs.topic(), Map.of(new TopicPartition(jobs.topic(), 0), new OffsetAndMetadata(1)))
                .all()
                .get();
        assertThat(lag()).isEqualTo(1);

        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> List.of(Jobs.completed(job)));

        await().atMost(LONG).untilAsserted(() -> assertThat(lag()).isZero());
        assertThat(jobs.results(jobs.topic() + "-only")).isEmpty();
    }

    @Test
    void theCountOfStartsOfAJobThatRunsIsNotPassed() throws Exception {
        transaction(true, "before");
        transaction(true, "running");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> {
            if (job.jobId().endsWith("running")) {
                running.countDown();
                mayEnd.await();
            }
            return List.of(Jobs.completed(job));
        });
        running.await();

        assertThat(jobs.committed(0)).isEqualTo(StartCount.of(2, 1));

        mayEnd.countDown();
        await().atMost(LONG).untilAsserted(() -> assertThat(lag()).isZero());
        assertThat(jobs.results(jobs.topic() + "-running")).hasSize(1);
    }

    private void transaction(boolean commit, String... names) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of("transactional.id", "router-" + jobs.topic())),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String name : names) {
                ScanArrived scan = Jobs.scan(jobs.topic() + "-" + name);
                ProducerRecord<byte[], byte[]> written = records.write(scan);
                producer.send(new ProducerRecord<>(jobs.topic(), 0, written.key(), written.value(), written.headers()));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private long lag() throws Exception {
        TopicPartition partition = new TopicPartition(jobs.topic(), 0);
        long end = jobs.admin()
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
        return end - (jobs.committed(0) == null ? 0 : jobs.committed(0).offset());
    }
}
