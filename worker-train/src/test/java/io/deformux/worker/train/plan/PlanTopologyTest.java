package io.deformux.worker.train.plan;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSpec;
import io.deformux.worker.train.testing.Trainings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way through the topology, one event at a time. */
class PlanTopologyTest {
    private static final URI SOURCE = URI.create("urn:deformux:test");
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final EventRecords records = new EventRecords(SOURCE, 1 << 20);
    private final List<String> counted = new ArrayList<>();
    private final Letters letters = new Letters(new JobObserver() {
        @Override
        public void refused(String topic, FailureCode code) {
            counted.add(topic + " " + code);
        }
    });

    private final TopologyTestDriver driver = new TopologyTestDriver(topology(), new Properties(), START);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aRequestBecomesOneJobPerFold() {
        TrainingRequested request = Trainings.request("t", 3);

        send(request);

        assertThat(out(Topics.TRAINING_FOLD_REQUESTED))
                .containsExactly(foldRequest(request, 0), foldRequest(request, 1), foldRequest(request, 2));
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
    }

    @Test
    void onlyTheChosenFoldsAreAskedForAndWaitedFor() {
        TrainingRequested request = Trainings.request("t", new Split(5, Optional.of(List.of(4, 1)), Optional.empty()));

        send(request);
        send(Trainings.completed("t", 0));
        send(Trainings.completed("t", 4));
        assertThat(out(Topics.TRAINING_READY)).isEmpty();
        send(Trainings.completed("t", 1));

        assertThat(out(Topics.TRAINING_FOLD_REQUESTED))
                .containsExactly(foldRequest(request, 1), foldRequest(request, 4));
        assertThat(folds(ready())).containsExactly(1, 4);
    }

    @Test
    void theIdsOfFoldRequestsAreTheSameEveryTime() {
        send(Trainings.request("t", 2));
        List<String> first = ids(Topics.TRAINING_FOLD_REQUESTED);
        try (TopologyTestDriver other = new TopologyTestDriver(topology(), new Properties(), START)) {
            pipe(other, Topics.TRAINING_REQUESTED, records.write(Trainings.request("t", 2)));
            assertThat(ids(other, Topics.TRAINING_FOLD_REQUESTED))
                    .isEqualTo(first)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theSameRequestAgainChangesNothing() {
        send(Trainings.request("t", 2));
        out(Topics.TRAINING_FOLD_REQUESTED);

        send(Trainings.request("t", 2));
        sendAll(Trainings.completed("t", 0), Trainings.completed("t", 1));
        TrainingReady ready = ready();
        send(completed(ready));
        send(Trainings.request("t", 2));

        assertThat(out(Topics.TRAINING_FOLD_REQUESTED)).isEmpty();
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
        assertThat(out(Topics.TRAINING_READY)).isEmpty();
    }

    @Test
    void anotherRequestUnderAKnownIdIsRefusedAndDoesNotEndTheTraining() {
        send(Trainings.request("t", 2));
        out(Topics.TRAINING_FOLD_REQUESTED);
        send(Trainings.completed("t", 0));

        send(Trainings.request("t", 3));
        TrainingFailed refused = failed();
        send(refused);
        send(Trainings.completed("t", 1));

        assertThat(refused.code()).isEqualTo("TRAINING_ID_TAKEN");
        assertThat(header(deadLetter(), DeadLetterHeaders.CODE)).isEqualTo("TRAINING_ID_TAKEN");
        assertThat(out(Topics.TRAINING_FOLD_REQUESTED)).isEmpty();
        TrainingReady ready = ready();
        assertThat(folds(ready)).containsExactly(0, 1);
        assertThat(ready.requestSha256()).isNotEqualTo(refused.requestSha256());
    }

    @Test
    void whenAllFoldsAreThereTheEnsembleCanBePublishedOnce() {
        send(Trainings.request("t", 2));
        driver.advanceWallClockTime(Duration.ofMinutes(90));
        sendAll(
                Trainings.completed("t", 1),
                Trainings.completed("t", 1),
                Trainings.completed("t", 0),
                Trainings.completed("t", 0),
                Trainings.completed("t", 1),
                Trainings.failed("t", 1));

        TrainingReady ready = ready();
        assertThat(folds(ready)).containsExactly(0, 1);
        assertThat(ready.model().name()).isEqualTo("organs");
        assertThat(ready.model().version()).isEqualTo("20260301.133000.000");
        assertThat(ready.requestedAtMs()).isEqualTo(START.toEpochMilli());
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
    }

    @Test
    void theFirstFoldThatFailsEndsTheTrainingWithWhatIsThere() {
        send(Trainings.request("t", 3));
        send(Trainings.completed("t", 2));
        driver.advanceWallClockTime(Duration.ofSeconds(5));
        send(Trainings.failed("t", 1));

        TrainingFailed failed = failed();
        assertThat(failed.code()).isEqualTo("FOLD_FAILED");
        assertThat(failed.completedFolds()).extracting(FoldResult::fold).containsExactly(2);
        assertThat(failed.failedFolds()).singleElement().satisfies(fold -> assertThat(fold.code())
                .isEqualTo("DATASET_INVALID"));
        assertThat(failed.durationMs()).isEqualTo(5000);

        sendAll(failed, Trainings.failed("t", 0), Trainings.completed("t", 0), Trainings.completed("t", 1));
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
        assertThat(out(Topics.TRAINING_READY)).isEmpty();
    }

    @Test
    void foldsThatNobodyAskedForAreDeadLettersAndNothingElse() {
        sendAll(Trainings.completed("unknown", 0), Trainings.failed("unknown", 1));

        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
        assertThat(header(deadLetter(), DeadLetterHeaders.CODE)).isEqualTo("FOLD_NOT_AWAITED");
        assertThat(store().get("unknown")).isNull();
    }

    @Test
    void aFoldThatIsDoneAgainAfterItsTrainingHasEndedDoesNotEndInSilence() {
        send(Trainings.request("t", 2));
        send(Trainings.failed("t", 1));
        send(failed());

        ProducerRecord<byte[], byte[]> late = records.write(Trainings.completed("t", 1));
        pipe(driver, Topics.TRAINING_RESULT, late);

        TestRecord<byte[], byte[]> letter = deadLetter();
        assertThatArray(letter.value()).isEqualTo(late.value());
        assertThat(header(letter, "ce_type")).isEqualTo(TrainingFoldCompleted.TYPE);
        assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("FOLD_NOT_AWAITED");
        assertThat(header(letter, DeadLetterHeaders.MESSAGE)).contains("fold 1").contains("has ended");
        assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(Topics.TRAINING_RESULT);
        assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
        assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("3");
        assertThat(letter.headers()).noneMatch(header -> header.key().startsWith("deformux_plan"));
        assertThat(out(Topics.TRAINING_READY)).isEmpty();
    }

    @Test
    void aFoldsResultThatIsCountedAlreadyIsNoDeadLetter() {
        send(Trainings.request("t", 2));
        sendAll(Trainings.completed("t", 0), Trainings.completed("t", 0));

        assertThat(raw(driver, Topics.DEAD_LETTER)).isEmpty();
    }

    @Test
    void anEndedTrainingIsRememberedByItsDigestAndThenForgotten() {
        send(Trainings.request("t", 1));
        send(Trainings.completed("t", 0));
        assertThat(store().get("t").completed()).hasSize(1);

        send(completed(ready()));
        assertThat(store().get("t").phase()).isEqualTo(TrainingState.Phase.ENDED);
        assertThat(store().get("t").completed()).isEmpty();

        driver.advanceWallClockTime(Planner.RETENTION.minusHours(2));
        assertThat(store().get("t")).isNotNull();
        driver.advanceWallClockTime(Duration.ofHours(3));
        assertThat(store().get("t")).isNull();
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
    }

    @Test
    void aTrainingThatIsSilentForTooLongFailsAndIsForgotten() {
        send(Trainings.request("t", 2));
        driver.advanceWallClockTime(Planner.RETENTION.minusDays(1));
        send(Trainings.completed("t", 0));
        driver.advanceWallClockTime(Duration.ofDays(2));
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();

        driver.advanceWallClockTime(Planner.RETENTION);
        TrainingFailed failed = failed();
        assertThat(failed.code()).isEqualTo("TRAINING_EXPIRED");
        assertThat(failed.completedFolds()).hasSize(1);

        driver.advanceWallClockTime(Planner.RETENTION.plusHours(1));
        assertThat(store().get("t")).isNull();
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
    }

    @Test
    void aFoldOutOfRangeFailsTheRequestWhichMayComeAgainCorrected() {
        TrainingRequested request = Trainings.request("t", new Split(2, Optional.of(List.of(2)), Optional.empty()));
        send(request);
        assertThat(failed().code()).isEqualTo("FOLDS_INVALID");
        TestRecord<byte[], byte[]> letter = deadLetter();
        assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("FOLDS_INVALID");
        assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(Topics.TRAINING_REQUESTED);
        assertThatArray(letter.value()).isEqualTo(records.write(request).value());
        assertThat(out(Topics.TRAINING_FOLD_REQUESTED)).isEmpty();

        send(Trainings.request("t", 2));
        assertThat(out(Topics.TRAINING_FOLD_REQUESTED)).hasSize(2);
    }

    @Test
    void anEmptyIntensityWindowFailsTheRequest() {
        TrainingRequested request = Trainings.request("t", 2);
        send(new TrainingRequested(
                "t", Trainings.spec(Split.drawn(2), 100, 100), request.modelName(), request.output()));

        assertThat(failed().code()).isEqualTo("EVENT_INVALID");
        assertThat(out(Topics.TRAINING_FOLD_REQUESTED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERCENTILES", "CLIPPED_SCORE"})
    void percentilesBeyondAHundredAndAScoreThatIsNotSaidFailTheRequest(IntensityMethod method) {
        TrainingRequested request = Trainings.request("t", 2);
        TrainingSpec window = Trainings.spec(Split.drawn(2), 1, 101);
        TrainingSpec spec = new TrainingSpec(
                window.dataset(),
                PreprocessingSpec.explicit(
                        new ExplicitPreprocessing(Optional.empty(), 1, 101, Optional.empty(), Optional.of(method))),
                window.split(),
                window.architecture(),
                window.settings(),
                window.seed(),
                window.initialWeights());
        send(new TrainingRequested("t", spec, request.modelName(), request.output()));

        assertThat(failed().code()).isEqualTo("EVENT_INVALID");
    }

    @Test
    void aRequestThatBreaksTheContractGoesToTheDeadLettersAndIsAnswered() {
        ProducerRecord<byte[], byte[]> good = records.write(Trainings.request("t", 2));
        for (String iterations : List.of("0", "1000000000")) {
            byte[] bad = new String(good.value(), StandardCharsets.UTF_8)
                    .replace("\"iterations\":60000", "\"iterations\":" + iterations)
                    .getBytes(StandardCharsets.UTF_8);
            pipe(driver, Topics.TRAINING_REQUESTED, new ProducerRecord<>("", null, good.key(), bad, good.headers()));

            TestRecord<byte[], byte[]> letter = deadLetter();
            assertThatArray(letter.value()).isEqualTo(bad);
            assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("EVENT_INVALID");
            assertThat(header(letter, DeadLetterHeaders.MESSAGE)).startsWith("/training/settings/iterations");
            assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(Topics.TRAINING_REQUESTED);
            assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
            assertThat(header(letter, "ce_type")).isEqualTo(TrainingRequested.TYPE);
            TrainingFailed failed = failed();
            assertThat(failed.trainingId()).isEqualTo("t");
            assertThat(failed.code()).isEqualTo("EVENT_INVALID");
            assertThat(failed.message()).startsWith("/training/settings/iterations");
        }
        assertThat(store().get("t")).isNull();
    }

    @Test
    void anUnreadableRequestUnderTheIdOfARunningTrainingDoesNotEndIt() {
        send(Trainings.request("t", 1));
        pipe(driver, Topics.TRAINING_REQUESTED, new ProducerRecord<>("", bytes("t"), bytes("{")));
        send(failed());

        send(Trainings.completed("t", 0));

        assertThat(ready().trainingId()).isEqualTo("t");
    }

    @Test
    void whatIsNoEventAtAllGoesToTheDeadLettersWithoutAnAnswer() {
        for (byte[] key : new byte[][] {null, bytes("../etc"), new byte[] {(byte) 0xff}}) {
            for (byte[] value : new byte[][] {null, {}, bytes("{"), bytes("Doe")}) {
                pipe(driver, Topics.TRAINING_REQUESTED, new ProducerRecord<>("", key, value));
                assertThat(header(deadLetter(), DeadLetterHeaders.CODE)).isEqualTo("EVENT_INVALID");
            }
        }
        pipe(driver, Topics.TRAINING_RESULT, new ProducerRecord<>("", bytes("t"), bytes("{")));
        assertThat(header(deadLetter(), DeadLetterHeaders.TOPIC)).isEqualTo(Topics.TRAINING_RESULT);
        assertThat(out(Topics.TRAINING_RESULT)).isEmpty();
    }

    @Test
    void aRequestWithAHeaderThatHasNoValueIsReadAsIfItWereAbsentOrSetAside() {
        ProducerRecord<byte[], byte[]> good = records.write(Trainings.request("t", 1));
        pipe(driver, Topics.TRAINING_REQUESTED, with(good, "ce_id", null));
        assertThat(header(deadLetter(), DeadLetterHeaders.MESSAGE)).contains("attribute id is missing");
        assertThat(failed().trainingId()).isEqualTo("t");
        pipe(driver, Topics.TRAINING_REQUESTED, with(good, "ce_specversion", null));
        assertThat(header(deadLetter(), DeadLetterHeaders.CODE)).isEqualTo("EVENT_INVALID");
        assertThat(failed().trainingId()).isEqualTo("t");

        pipe(driver, Topics.TRAINING_REQUESTED, with(good, "content-type", null));

        assertThat(out(Topics.TRAINING_FOLD_REQUESTED)).hasSize(1);
    }

    @Test
    void aRequestInStructuredModeIsPlannedLikeAnyOther() {
        TrainingRequested request = Trainings.request("t", 1);
        ProducerRecord<byte[], byte[]> structured = new ProducerRecord<>(
                "",
                bytes("t"),
                bytes("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"" + TrainingRequested.TYPE
                        + "\",\"data\":" + new EventCodec().toJson(request) + "}"));
        structured.headers().add("content-type", bytes("application/cloudevents+json"));
        pipe(driver, Topics.TRAINING_REQUESTED, structured);

        assertThat(out(Topics.TRAINING_FOLD_REQUESTED)).containsExactly(foldRequest(request, 0));
    }

    @Test
    void whatComesWithARequestIsNotCarriedThroughThePlan() {
        ProducerRecord<byte[], byte[]> loaded =
                with(records.write(Trainings.request("t", 1)), "x-baggage", new byte[2_000_000]);
        pipe(driver, Topics.TRAINING_REQUESTED, loaded);

        String internal = driver.producedTopicNames().stream()
                .filter(name -> name.contains(PlanTopology.BY_TRAINING))
                .findFirst()
                .orElseThrow();
        List<TestRecord<byte[], byte[]>> between = raw(driver, internal);
        assertThat(between).singleElement().satisfies(record -> assertThat(
                        record.headers().lastHeader("x-baggage"))
                .isNull());
        assertThat(out(Topics.TRAINING_FOLD_REQUESTED)).hasSize(1);
    }

    @Test
    void aDeadLetterIsCutToTheLimit() {
        ProducerRecord<byte[], byte[]> bad =
                with(new ProducerRecord<>("", bytes("t"), bytes("{")), "x-baggage", new byte[2_000_000]);
        pipe(driver, Topics.TRAINING_REQUESTED, bad);

        TestRecord<byte[], byte[]> letter = deadLetter();
        assertThat(header(letter, DeadLetterHeaders.CUT)).isEqualTo("value,headers");
        assertThatArray(letter.key()).isEqualTo(bytes("t"));
    }

    @Test
    void aStateThatCannotBeReadIsForgottenAndStopsNoOtherTraining() {
        byte[] state = StateSerde.of(TrainingState.class)
                .serializer()
                .serialize(
                        "",
                        new TrainingState(
                                "digest",
                                "organs",
                                List.of(0),
                                List.of(),
                                TrainingState.Phase.TRAINING,
                                1,
                                1,
                                Optional.empty()));
        assertThat(StateSerde.of(TrainingState.class).deserializer().deserialize("", state))
                .isNotNull();
        assertThat(StateSerde.of(TrainingState.class).deserializer().deserialize("", bytes("{")))
                .isNull();
    }

    @Test
    void aRecordWithoutATimeOrWithOneToComeIsOfNow() {
        RecordTime time = new RecordTime();
        long before = System.currentTimeMillis();

        assertThat(time.extract(at(-1), -1)).isBetween(before, System.currentTimeMillis());
        assertThat(time.extract(at(before + 3_600_000), before)).isBetween(before, System.currentTimeMillis());
        assertThat(time.extract(at(1_000), before)).isEqualTo(1_000);
    }

    private static ConsumerRecord<Object, Object> at(long timestamp) {
        return new ConsumerRecord<>(
                "topic",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
    }

    /** The same record with one header changed. */
    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> made, String header, byte[] value) {
        RecordHeaders headers = new RecordHeaders(made.headers());
        headers.remove(header);
        headers.add(header, value);
        return new ProducerRecord<>(made.topic(), null, made.key(), made.value(), headers);
    }

    @Test
    void anEventOfAnotherTopicIsADeadLetter() {
        pipe(driver, Topics.TRAINING_REQUESTED, records.write(Trainings.completed("t", 0)));

        assertThat(header(deadLetter(), DeadLetterHeaders.CODE)).isEqualTo("EVENT_TYPE_UNKNOWN");
        assertThat(failed().code()).isEqualTo("EVENT_TYPE_UNKNOWN");
    }

    @Test
    void aRequestUnderAnyRecordKeyFindsItsTraining() {
        ProducerRecord<byte[], byte[]> request = records.write(Trainings.request("t", 1));
        pipe(
                driver,
                Topics.TRAINING_REQUESTED,
                new ProducerRecord<>("", null, (byte[]) null, request.value(), request.headers()));
        send(Trainings.completed("t", 0));

        assertThat(ready().trainingId()).isEqualTo("t");
    }

    private Topology topology() {
        return PlanTopology.of(SOURCE, 4, letters, TopicNames.CONTRACT);
    }

    private void sendAll(Event... events) {
        for (Event event : events) {
            send(event);
        }
    }

    private void send(Event event) {
        pipe(driver, event.topic(), records.write(event));
    }

    private static void pipe(TopologyTestDriver into, String topic, ProducerRecord<byte[], byte[]> made) {
        into.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(made.key(), made.value(), new RecordHeaders(made.headers()), START));
    }

    private List<Event> out(String topic) {
        return raw(driver, topic).stream().map(made -> event(topic, made)).toList();
    }

    private List<String> ids(String topic) {
        return ids(driver, topic);
    }

    private static List<String> ids(TopologyTestDriver from, String topic) {
        return raw(from, topic).stream().map(made -> header(made, "ce_id")).toList();
    }

    private static List<TestRecord<byte[], byte[]>> raw(TopologyTestDriver from, String topic) {
        return new ArrayList<>(from.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList());
    }

    private Event event(String topic, TestRecord<byte[], byte[]> made) {
        Event event = records.read(new ConsumerRecord<>(
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
                .event();
        assertThat(event.topic()).isEqualTo(topic);
        assertThatArray(made.key()).isEqualTo(bytes(event.key()));
        return event;
    }

    private TrainingReady ready() {
        List<Event> out = out(Topics.TRAINING_READY);
        assertThat(out).hasSize(1);
        return (TrainingReady) out.get(0);
    }

    private TrainingFailed failed() {
        List<Event> out = out(Topics.TRAINING_RESULT);
        assertThat(out).hasSize(1);
        return (TrainingFailed) out.get(0);
    }

    private TestRecord<byte[], byte[]> deadLetter() {
        List<TestRecord<byte[], byte[]>> all = raw(driver, Topics.DEAD_LETTER);
        assertThat(all).hasSize(1);
        TestRecord<byte[], byte[]> letter = all.get(0);
        assertThat(counted)
                .containsExactly(
                        header(letter, DeadLetterHeaders.TOPIC) + " " + header(letter, DeadLetterHeaders.CODE));
        counted.clear();
        return letter;
    }

    private KeyValueStore<String, TrainingState> store() {
        return driver.getKeyValueStore(PlanStore.TRAININGS);
    }

    private static TrainingCompleted completed(TrainingReady ready) {
        return new TrainingCompleted(
                ready.trainingId(),
                ready.requestSha256(),
                ready.folds(),
                List.of(),
                0.9,
                Optional.empty(),
                new ModelVersion(ready.model().name(), ready.model().version(), Trainings.DIGEST),
                URI.create("file:///models/organs/1/"),
                1);
    }

    private static TrainingFoldRequested foldRequest(TrainingRequested request, int fold) {
        return new TrainingFoldRequested(
                request.trainingId(), fold, request.training(), request.modelName(), request.output());
    }

    private static List<Integer> folds(TrainingReady ready) {
        return ready.folds().stream().map(FoldResult::fold).toList();
    }

    private static String header(TestRecord<byte[], byte[]> made, String name) {
        Header header = made.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
