package io.deformux.pacs;

import static io.deformux.testing.server.LoopbackServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.routing.RoutingRules;
import io.deformux.routing.Rule;
import io.deformux.routing.WantedJob;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.KafkaFixture;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BridgeLoopTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, kafka -> {
        TopicSetup.create(kafka);
        FeedPublisher.createTopic(kafka);
    });

    private final ScriptedArchive archive = new ScriptedArchive();
    private final String feed = "feed-" + UUID.randomUUID();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger setAside = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<FailureCode> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void afterAnArchiveThatDoesNotAnswerItLooksAgain() throws InterruptedException {
        archive.server().on("/changes", answer(503, new byte[0]));
        archive.series("aa", "1.2.3");
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            Thread running = start();
            Awaitility.await().until(() -> opened.get() > 1);
            archive.changes("aa");

            assertThat(events.await(
                            received -> received.event() instanceof ScanArrived scan
                                    && scan.input().uri().getPath().endsWith("/1.2.3"),
                            Duration.ofSeconds(30)))
                    .isPresent();
            running.interrupt();
            running.join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aPasswordThatNeverWasTheRightOneEndsTheLoop(int status) {
        archive.server().on("/changes", answer(status, new byte[0]));

        JobException failure = catchThrowableOfType(JobException.class, () -> loop().run());

        assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIALS_REFUSED);
        assertThat(failure).hasMessageContaining(status + ": see --credentials");
        assertThat(opened).as("no other try").hasValue(1);
    }

    @Test
    void aPasswordThatIsRefusedLaterIsWaitedForByItsCode() throws InterruptedException {
        archive.changes();
        Thread running = start();
        awaitALookBehind(0);
        Awaitility.await().until(() -> looks.get() > 0);
        archive.server().on("/changes", answer(401, new byte[0]));
        Awaitility.await().until(() -> failures.size() > 1);
        assertThat(failures).containsOnly(FailureCode.CREDENTIALS_REFUSED);
        int before = looks.get();

        archive.changes();

        Awaitility.await().until(() -> looks.get() > before);
        running.interrupt();
        running.join();
    }

    @Test
    void aPasswordThatWasTheRightOneIsWaitedForThoughNoLookHasGoneWell() throws InterruptedException {
        archive.changes("aa");
        archive.server().on("/series/aa", exchange -> {
            archive.server().on("/changes", answer(401, new byte[0]));
            answer(500, new byte[0]).handle(exchange);
        });
        Thread running = start();
        Awaitility.await().until(() -> failures.size() > 1);
        assertThat(failures).containsOnly(FailureCode.CREDENTIALS_REFUSED);
        assertThat(looks).hasValue(0);

        archive.changes();

        Awaitility.await().until(() -> looks.get() > 0);
        running.interrupt();
        running.join();
    }

    @Test
    void aSeriesThatTheUserMayNotSeeIsSetAsideFromTheFirstLookOn() throws InterruptedException {
        archive.series("ab", "1.2.10");
        archive.server().on("/series/aa", answer(403, new byte[0]));
        archive.changes("aa", "ab");
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            Thread running = start();

            assertThat(events.await(received -> isOf(received, "1.2.10"), Duration.ofSeconds(30)))
                    .isPresent();
            Awaitility.await().until(() -> setAside.get() == 1);
            assertThat(failures).containsOnly(FailureCode.STORAGE_UNAVAILABLE);
            running.interrupt();
            running.join();
        }
    }

    @Test
    void aFeedThatEndsBeforeItsPlaceEndsTheLoop() {
        try (FeedPublisher publisher = open()) {
            publisher.publish(List.of(), 1_000_000);
        }
        archive.changes("aa");

        JobException failure = catchThrowableOfType(JobException.class, () -> loop().run());

        assertThat(failure.code()).isEqualTo(FailureCode.PACS_FEED_SHORTENED);
        assertThat(opened).as("no other try").hasValue(2);
    }

    @Test
    void aSeriesThatTheArchiveCannotServeIsSetAsideAndTheFeedGoesOn() throws InterruptedException {
        archive.series("ab", "1.2.4");
        archive.server().on("/series/aa", answer(500, new byte[0]));
        archive.changes("aa", "ab");
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            Thread running = start();

            assertThat(events.await(received -> isOf(received, "1.2.4"), Duration.ofSeconds(30)))
                    .isPresent();
            assertThat(opened).hasValue(SeriesTries.MOST);
            Awaitility.await().until(() -> setAside.get() > 0);
            assertThat(setAside).hasValue(1);
            running.interrupt();
            running.join();
        }
    }

    @Test
    void aFeedMayStartFromADay() throws InterruptedException {
        archive.series("aa", "1.2.5");
        archive.series("ab", "1.2.6");
        archive.changes("aa", "ab");
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            Thread running = start(FeedStart.parse("2026-03-02"));

            assertThat(events.await(
                            received -> isOf(received, "1.2.5") || isOf(received, "1.2.6"), Duration.ofSeconds(30)))
                    .hasValueSatisfying(
                            received -> assertThat(isOf(received, "1.2.6")).isTrue());
            running.interrupt();
            running.join();
        }
    }

    @Test
    void aFeedMayStartFromNow() throws Exception {
        archive.changes("aa", "ab");
        Orthanc orthanc = new Orthanc(archive.server().uri(""), Optional.empty());

        assertThat(FeedStart.parse("now").place(orthanc)).hasValue(2);
        assertThat(FeedStart.parse("beginning").place(orthanc)).isEmpty();
        assertThatThrownBy(() -> FeedStart.parse("yesterday")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatComesToAnEmptyArchiveAfterNowIsPublishedThoughAFailureComesFirst() throws InterruptedException {
        archive.changes();
        archive.server().on("/series/aa", answer(500, new byte[0]));
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            Thread running = start(FeedStart.parse("now"));
            awaitALookBehind(0);
            archive.changes("aa");
            Awaitility.await().until(() -> opened.get() > 1);
            archive.series("aa", "1.2.7");

            assertThat(events.await(received -> isOf(received, "1.2.7"), Duration.ofSeconds(30)))
                    .isPresent();
            running.interrupt();
            running.join();
        }
    }

    @Test
    void whatComesToAnEmptyArchiveWhileTheBridgeIsAwayIsPublishedByTheNext() throws InterruptedException {
        archive.changes();
        Thread before = start(FeedStart.parse("now"));
        awaitALookBehind(0);
        before.interrupt();
        before.join();
        archive.series("aa", "1.2.8");
        archive.changes("aa");
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            Thread running = start(FeedStart.parse("now"));

            assertThat(events.await(received -> isOf(received, "1.2.8"), Duration.ofSeconds(30)))
                    .isPresent();
            running.interrupt();
            running.join();
        }
    }

    @Test
    void nowIsAskedOnceThoughKafkaTakesItsPlaceLate() throws InterruptedException {
        archive.series("ab", "1.2.9");
        archive.changes("aa");
        Supplier<FeedPublisher> firstOneFails = () -> {
            FeedPublisher publisher = open();
            if (opened.get() == 1) {
                FeedPublisher.open(KAFKA.connection(), URI.create("/test/bridge"), feed)
                        .close(); // fences the one before
            } else {
                archive.changes("aa", "ab");
            }
            return publisher;
        };
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            Thread running = start(loop(FeedStart.parse("now"), firstOneFails));

            assertThat(events.await(received -> isOf(received, "1.2.9"), Duration.ofSeconds(30)))
                    .isPresent();
            running.interrupt();
            running.join();
        }
    }

    private void awaitALookBehind(int change) {
        Awaitility.await().until(() -> archive.server().requests().stream()
                .anyMatch(request -> String.valueOf(request.uri().getQuery()).startsWith("since=" + change + "&")));
    }

    private static boolean isOf(ReceivedEvent received, String uid) {
        return received.event() instanceof ScanArrived scan
                && scan.input().uri().getPath().endsWith("/" + uid);
    }

    private Thread start() {
        return start(new FeedStart.Beginning());
    }

    private Thread start(FeedStart start) {
        return start(loop(start));
    }

    private static Thread start(BridgeLoop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "bridge");
        thread.start();
        return thread;
    }

    private BridgeLoop loop() {
        return loop(new FeedStart.Beginning());
    }

    private BridgeLoop loop(FeedStart start) {
        return loop(start, this::open);
    }

    private BridgeLoop loop(FeedStart start, Supplier<FeedPublisher> publishers) {
        return new BridgeLoop(
                new Orthanc(archive.server().uri(""), Optional.empty(), Duration.ofSeconds(2)),
                () -> new RoutingRules(List.of(Rule.everything(WantedJob.of("any", URI.create("file:///out/"))))),
                URI.create("dicomweb://pacs/dicom-web"),
                publishers,
                Duration.ofMillis(20),
                start,
                new BridgeObserver() {
                    @Override
                    public void setAside() {
                        setAside.incrementAndGet();
                    }

                    @Override
                    public void looked(int published) {
                        looks.incrementAndGet();
                    }

                    @Override
                    public void failed(FailureCode code) {
                        failures.add(code);
                    }
                });
    }

    private FeedPublisher open() {
        opened.incrementAndGet();
        return FeedPublisher.open(KAFKA.connection(), URI.create("/test/bridge"), feed);
    }
}
