package io.deformux.worker.train.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.ArchitectureSpec;
import io.deformux.schemas.ComparedNetwork;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.ComparisonReady;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.schemas.Event;
import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.JobCancel;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainedNetwork;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import io.deformux.worker.train.testing.Trainings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a comparison through the topology; what it sends comes back to it as on a broker. */
class ComparisonPlanTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final EventRecords records = new EventRecords(URI.create("urn:deformux:test"), 1 << 20);
    private final TopologyTestDriver driver = new TopologyTestDriver(
            PlanTopology.of(URI.create("urn:deformux:test"), 4, new Letters(JobObserver.NONE), TopicNames.CONTRACT),
            new Properties(),
            START);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aComparisonBecomesOneTrainingPerNetworkWithTheSameFoldsSeedAndBudget() {
        ComparisonRequested request = Trainings.comparison("c", 2, "a", "b", "d");

        send(request);

        assertThat(out(Topics.TRAINING_REQUESTED))
                .containsExactlyElementsOf(request.networks().stream()
                        .<Event>map(request::training)
                        .toList());
        List<TrainingFoldRequested> folds = of(TrainingFoldRequested.class, out(Topics.TRAINING_FOLD_REQUESTED));
        assertThat(folds)
                .extracting(TrainingFoldRequested::key)
                .containsExactly("c-a-fold-0", "c-a-fold-1", "c-b-fold-0", "c-b-fold-1", "c-d-fold-0", "c-d-fold-1");
        assertThat(folds).allSatisfy(fold -> {
            assertThat(fold.comparisonId()).contains("c");
            assertThat(fold.training()).isEqualTo(folds.get(0).training());
            assertThat(fold.output()).isEqualTo(request.output());
        });
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
    }

    @Test
    void whenAllTrainingsHaveEndedTheTableCanBeMadeOnce() {
        send(Trainings.comparison("c", 1, "a", "b"));

        complete("c-b", "c");
        assertThat(of(ComparisonReady.class, out(Topics.TRAINING_READY))).isEmpty();
        complete("c-a", "c");

        ComparisonReady ready =
                of(ComparisonReady.class, out(Topics.TRAINING_READY)).get(0);
        assertThat(ready.networks()).extracting(TrainedNetwork::name).containsExactly("a", "b");
        assertThat(ready.networks())
                .allSatisfy(network -> assertThat(network.folds()).hasSize(1));
        assertThat(ready.failed()).isEmpty();
        send(new ComparisonFailed("c", ready.requestSha256(), "OUTPUT_FAILED", "No room.", true, List.of(), 1));
        send(Trainings.comparison("c", 1, "a", "b"));
        assertThat(out(Topics.TRAINING_READY)).isEmpty();
        assertThat(of(ComparisonFailed.class, out(Topics.TRAINING_RESULT))).isEmpty();
    }

    @Test
    void aNetworkThatFailsIsListedAndTheOthersAreCompared() {
        send(Trainings.comparison("c", 2, "a", "b"));

        send(Trainings.failed("c-a", 1));
        complete("c-b", "c");
        complete("c-b", 1);

        ComparisonReady ready =
                of(ComparisonReady.class, out(Topics.TRAINING_READY)).get(0);
        assertThat(ready.networks()).extracting(TrainedNetwork::name).containsExactly("b");
        assertThat(ready.failed())
                .containsExactly(new FailedNetwork("a", "c-a", "DATASET_INVALID", "The data set is no data set."));
    }

    @Test
    void aComparisonOfWhichEveryNetworkFailsFails() {
        send(Trainings.comparison("c", 1, "a", "b"));

        send(Trainings.failed("c-a", 0));
        send(Trainings.failed("c-b", 0));

        ComparisonFailed failed = failed();
        assertThat(failed.code()).isEqualTo("COMPARISON_EMPTY");
        assertThat(failed.failed()).extracting(FailedNetwork::name).containsExactly("a", "b");
    }

    @Test
    void aRequestToEndAComparisonEndsItAtOnceAndWhatItsTrainingsSayLaterCountsForNothing() {
        send(Trainings.comparison("c", 1, "a", "b"));

        send(new JobCancel("someone-else"));
        send(new JobCancel("c"));
        assertThat(failed().code()).isEqualTo("JOB_CANCELLED_BY_REQUEST");

        send(Trainings.failed("c-a", 0));
        complete("c-b", "c");
        assertThat(of(ComparisonReady.class, out(Topics.TRAINING_READY))).isEmpty();
        assertThat(of(ComparisonFailed.class, out(Topics.TRAINING_RESULT))).isEmpty();
    }

    @Test
    void aTrainingAndAComparisonMayHaveTheSameId() {
        send(Trainings.request("c", 1));
        send(Trainings.comparison("c", 1, "a"));
        send(new JobCancel("c"));

        assertThat(failed().code()).isEqualTo("JOB_CANCELLED_BY_REQUEST");
        send(Trainings.completed("c", 0));
        assertThat(of(TrainingReady.class, out(Topics.TRAINING_READY)))
                .extracting(TrainingReady::trainingId)
                .containsExactly("c");
    }

    @Test
    void aTrainingIdThatIsTakenFailsThatNetworkAlone() {
        send(Trainings.request("c-a", 3));

        send(Trainings.comparison("c", 1, "a", "b"));
        complete("c-b", "c");

        ComparisonReady ready =
                of(ComparisonReady.class, out(Topics.TRAINING_READY)).get(0);
        assertThat(ready.failed()).extracting(FailedNetwork::code).containsExactly("TRAINING_ID_TAKEN");
    }

    @Test
    void aFoldThatWasNotMeasuredFailsItsNetwork() {
        send(Trainings.comparison("c", 1, "a", "b"));

        complete("c-b", "c");
        end(Trainings.completed("c-a", 0).result(), "c-a", "c");

        ComparisonReady ready =
                of(ComparisonReady.class, out(Topics.TRAINING_READY)).get(0);
        assertThat(ready.failed()).extracting(FailedNetwork::code).containsExactly("FOLD_UNMEASURED");
    }

    @Test
    void anotherRequestUnderAKnownIdIsRefusedAndOneThatCannotBePlannedLeavesNothing() {
        send(Trainings.comparison("c", 1, "a", "b"));
        send(Trainings.comparison("c", 1, "a"));
        assertThat(failed().code()).isEqualTo("COMPARISON_ID_TAKEN");

        send(withTwoOfOneName("twice"));
        assertThat(failed().code()).isEqualTo("NETWORK_NAME_TAKEN");
        send(Trainings.comparison("twice", 1, "a"));
        assertThat(of(ComparisonFailed.class, out(Topics.TRAINING_RESULT))).isEmpty();
    }

    @Test
    void anUnreadableRequestIsAnsweredUnderItsKey() {
        ProducerRecord<byte[], byte[]> good = records.write(Trainings.comparison("c", 1, "a"));
        pipe(
                Topics.TRAINING_REQUESTED,
                new ProducerRecord<>("", null, good.key(), "{}".getBytes(StandardCharsets.UTF_8), good.headers()));

        assertThat(failed().code()).isEqualTo("EVENT_INVALID");
    }

    @Test
    void aComparisonOfWhichNothingIsHeardEndsAndIsForgottenAMonthLater() {
        send(Trainings.comparison("c", 1, "a"));

        driver.advanceWallClockTime(ComparisonPlanner.SILENCE.plusHours(1));
        assertThat(failed().code()).isEqualTo("COMPARISON_EXPIRED");
        driver.advanceWallClockTime(Planner.RETENTION.plus(Duration.ofHours(2)));
        assertThat(driver.getKeyValueStore(PlanStore.COMPARISONS).get("c")).isNull();
    }

    private void complete(String trainingId, String comparison) {
        FoldResult fold = Trainings.measured(trainingId, 0);
        end(fold, trainingId, comparison);
    }

    /** One fold more of a training that has had its first. */
    private void complete(String trainingId, int fold) {
        FoldResult result = Trainings.measured(trainingId, fold);
        end(result, trainingId, "c");
    }

    private void end(FoldResult fold, String trainingId, String comparison) {
        send(new TrainingFoldCompleted(trainingId, fold));
        List<Event> out = out(Topics.TRAINING_READY);
        for (TrainingReady ready : of(TrainingReady.class, out)) {
            assertThat(ready.comparisonId()).contains(comparison);
            send(new TrainingCompleted(
                    ready.trainingId(),
                    ready.requestSha256(),
                    ready.folds(),
                    List.of(),
                    0.9,
                    Optional.empty(),
                    new ModelVersion(ready.model().name(), ready.model().version(), Trainings.DIGEST),
                    URI.create("file:///models/organs/1/"),
                    1,
                    ready.comparisonId()));
        }
    }

    private static ComparisonRequested withTwoOfOneName(String id) {
        ComparisonRequested request = Trainings.comparison(id, 1, "a");
        return new ComparisonRequested(
                id,
                request.training(),
                List.of(request.networks().get(0), new ComparedNetwork("a", new ArchitectureSpec("ux-net", Map.of()))),
                request.modelName(),
                request.output());
    }

    private ComparisonFailed failed() {
        List<ComparisonFailed> failed = of(ComparisonFailed.class, out(Topics.TRAINING_RESULT));
        assertThat(failed).hasSize(1);
        return failed.get(0);
    }

    private static <E extends Event> List<E> of(Class<E> kind, List<Event> events) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void send(Event event) {
        pipe(event.topic(), records.write(event));
    }

    private void pipe(String topic, ProducerRecord<byte[], byte[]> made) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(made.key(), made.value(), new RecordHeaders(made.headers()), START));
    }

    private List<Event> out(String topic) {
        List<Event> events = new ArrayList<>();
        driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .forEach(made -> events.add(records.read(new ConsumerRecord<>(
                                topic,
                                0,
                                0,
                                0,
                                TimestampType.CREATE_TIME,
                                0,
                                0,
                                made.key(),
                                made.value(),
                                made.headers(),
                                Optional.empty()))
                        .event()));
        return events;
    }
}
