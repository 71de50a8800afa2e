package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.member.JobConsumer;
import io.deformux.messaging.member.TakenJob;
import io.deformux.messaging.member.UncountedStarts;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.ScanArrived;
import io.deformux.testing.server.KafkaFixture;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class ResultPublisherTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 1);
    private final EventRecords records = new EventRecords(Jobs.SOURCE, 1 << 20);
    private final JobConsumer consumer = new JobConsumer(KAFKA.connection(), jobs.config(), new UncountedStarts());
    private final ResultPublisher publisher = new ResultPublisher(KAFKA.connection(), jobs.config());
    private String jobId;
    private TakenJob taken;

    @BeforeEach
    void takeAJob() throws Exception {
        jobId = jobs.send(0);
        while (taken == null) {
            consumer.pollIdle().ifPresent(polled -> {
                taken = polled;
                consumer.hold(polled);
            });
        }
    }

    @AfterEach
    void close() {
        publisher.close();
        consumer.close();
        jobs.close();
    }

    @Test
    void anOutcomeThatWasCommittedUnnoticedIsNotPublishedAgain() {
        publish();
        publisher.close(); // as after a commit that timed out
        publish();
        assertThat(jobs.results(jobId)).hasSize(1);
    }

    @Test
    void itIsNotPublishedAgainEitherWhereTheGroupsOffsetIsNotToldAtOnce() {
        publish();
        publisher.close();
        Consumer<byte[], byte[]> silent = committedFailsOnce(consumer.client());
        assertThatThrownBy(() -> publisher.publish(outcome(), taken.partition(), taken.offset(), silent))
                .isInstanceOf(TimeoutException.class);
        publisher.publish(outcome(), taken.partition(), taken.offset(), silent);
        assertThat(jobs.results(jobId)).hasSize(1);
    }

    @Test
    void whatAnEarlierTryLeftOpenIsEndedAndPublishedOnce() {
        publisher.begin(outcome());
        publisher.close(); // as after a connection that broke before the commit
        publish();
        assertThat(jobs.results(jobId)).hasSize(1);
    }

    @Test
    void aWorkerThatIsNoLongerInTheGroupPublishesNothing() throws Exception {
        jobs.admin()
                .removeMembersFromConsumerGroup(jobs.topic(), new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        assertThatThrownBy(this::publish).isInstanceOf(CommitFailedException.class);
        publisher.begin(List.of()); // a new producer of this id has ended what was open
        assertThat(jobs.results(jobId)).isEmpty();
        assertThat(jobs.committed(0)).isNull();
    }

    @Test
    void aJobOfAWorkerThatIsNoLongerInTheGroupIsNotStarted() throws Exception {
        jobs.admin()
                .removeMembersFromConsumerGroup(jobs.topic(), new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        assertThatThrownBy(() -> consumer.starts().count(taken)).isInstanceOf(CommitFailedException.class);
        assertThat(jobs.committed(0)).isNull();
    }

    private void publish() {
        publisher.publish(outcome(), taken.partition(), taken.offset(), consumer.client());
    }

    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> committedFailsOnce(Consumer<byte[], byte[]> real) {
        AtomicBoolean told = new AtomicBoolean();
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("committed") && !told.getAndSet(true)) {
                        throw new TimeoutException("the coordinator is loading");
                    }
                    return method.invoke(real, arguments);
                });
    }

    private List<ProducerRecord<byte[], byte[]>> outcome() {
        ScanArrived job = Jobs.scan(jobId);
        return List.of(records.write(Jobs.completed(job)));
    }
}
