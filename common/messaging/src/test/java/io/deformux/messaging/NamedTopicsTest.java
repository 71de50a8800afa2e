package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.deadletter.DeadLetter;
import io.deformux.messaging.deadletter.DeadLetterDesk;
import io.deformux.messaging.deadletter.DeadLetterFilter;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.schemas.Event;
import io.deformux.schemas.Priority;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole way of a job, its retries and its dead letter, on topics with names of an installation's own. */
@Timeout(120)
class NamedTopicsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Queue<String> begun = new ConcurrentLinkedQueue<>();

    @Test
    void everythingGoesOnTheNamedTopicsAndOnNoOthers() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection =
                    KafkaConnection.of(broker.bootstrapServers()).withTopics(new TopicNames("ward-7."));
            TopicSetup.create(connection);
            JobLoopConfig config = JobLoopConfig.of(Topics.SCAN_ARRIVED, "ward", Jobs.SOURCE)
                    .withUrgent(Topics.SCAN_URGENT)
                    .withAttempts(new Attempts(2, Duration.ofMillis(20), Duration.ofMillis(50)))
                    .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(3));
            try (Workers workers = new Workers();
                    EventPublisher publisher = new EventPublisher(connection, Jobs.SOURCE);
                    EventReader results = new EventReader(
                            connection, List.of(Topics.SEGMENTATION_RESULT), EventReader.From.EARLIEST)) {
                workers.start(connection, config, this::work);
                publisher.publish(Jobs.scan("passes"));
                publisher.publish(urgent());
                publisher.publish(Jobs.scan("fails"));
                for (int n = 0; n < 3; n++) {
                    assertThat(results.await(any -> true, LONG)).isPresent();
                }
                assertThat(begun).contains("passes 2", "urgent 2", "fails 1");
                replay(connection);
                assertThat(results.await(any -> any.event() instanceof SegmentationCompleted, LONG))
                        .as("the job that was replayed")
                        .isPresent();
            }
            try (Admin admin = Admin.create(connection.client(Map.of()))) {
                assertThat(admin.listTopics().names().get()).allMatch(name -> name.startsWith("ward-7."));
            }
        }
    }

    private static ScanArrived urgent() {
        ScanArrived scan = Jobs.scan("urgent");
        return new ScanArrived(
                scan.jobId(),
                scan.input(),
                scan.model(),
                scan.output(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Priority.URGENT));
    }

    private List<Event> work(ScanArrived job, JobContext context) {
        begun.add(job.jobId() + " " + context.attempt());
        if (job.jobId().equals("fails")) {
            if (begun.stream().filter("fails 1"::equals).count() < 2) {
                throw new JobException(FailureCode.INPUT_NOT_FOUND, "Nothing there.");
            }
        } else if (context.attempt() == 1) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "The storage sleeps.");
        }
        return List.of(Jobs.completed(job));
    }

    private static void replay(KafkaConnection connection) {
        DeadLetterFilter all =
                new DeadLetterFilter(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(), false);
        await().atMost(LONG).until(() -> !DeadLetterDesk.list(connection, all).isEmpty());
        try (DeadLetterDesk desk = DeadLetterDesk.open(connection)) {
            DeadLetter letter = desk.list(all).get(0);
            assertThat(letter.topic()).isEqualTo("ward-7.scan.arrived");
            desk.replay(letter);
        }
    }
}
