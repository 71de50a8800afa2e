package io.deformux.pacs;

import static io.deformux.testing.server.LoopbackServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.routing.RulesFile;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.KafkaFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an archive says of patients goes no further than to the rules. */
@Timeout(60)
class NothingOfThePatientTest {
    private static final String MARK = "QZMARK";

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, kafka -> {
        TopicSetup.create(kafka);
        FeedPublisher.createTopic(kafka);
    });

    private final ScriptedArchive archive = new ScriptedArchive();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.deformux");
    private final Lines log = new Lines();

    /** All that the log has of a line. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            all.add(line.getFormattedMessage()
                    + line.getMDCPropertyMap()
                    + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy())));
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.TRACE);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(null);
        archive.close();
    }

    @Test
    void neitherTheEventNorTheLogHasWhatTheArchiveSaysOfAPatient(@TempDir Path folder) throws Exception {
        Path rules = Files.writeString(
                folder.resolve("rules.json"),
                "{\"rules\": [{\"description\": \"qzmark\", \"when\": {\"tag\": \"PatientID\", \"equals\": \"qzmark1\"}, \"model\": \"amos\", \"output\": \"file:///out/\"}]}");
        series("aa", "\"SeriesInstanceUID\": \"1.2.77\", \"Modality\": \"CT\"");
        archive.changes("aa");
        String feed = "feed-" + UUID.randomUUID();
        BridgeLoop loop = new BridgeLoop(
                new Orthanc(archive.server().uri(""), Optional.empty(), Duration.ofSeconds(2)),
                RulesFile.open(rules, refused -> {})::current,
                URI.create("dicomweb://pacs/dicom-web"),
                () -> FeedPublisher.open(KAFKA.connection(), URI.create("/test/bridge"), feed),
                Duration.ofMillis(20),
                new FeedStart.Beginning(),
                BridgeObserver.NONE);
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            Thread running = new Thread(() -> {
                try {
                    loop.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            running.start();
            ScanArrived scan = (ScanArrived) events.await(
                            received -> received.event() instanceof ScanArrived one
                                    && one.input().uri().getPath().endsWith("/1.2.77"),
                            Duration.ofSeconds(30))
                    .orElseThrow()
                    .event();
            archive.server().on("/changes", answer(200, (MARK + "^NAME").getBytes(StandardCharsets.UTF_8)));
            Awaitility.await().until(() -> log.all.stream().anyMatch(line -> line.contains("no JSON")));
            archive.server().on("/changes", answer(500, MARK.getBytes(StandardCharsets.UTF_8)));
            Awaitility.await().until(() -> log.all.stream().anyMatch(line -> line.contains("500")));
            running.interrupt();
            running.join();

            assertThat(new EventCodec().toJson(scan)).doesNotContainIgnoringCase(MARK);
        }
        assertThat(log.all).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase(MARK));
    }

    private void series(String id, String tags) {
        String markers =
                "\"PatientName\": \"QZMARK^A\", \"PatientID\": \"QZMARK1\", \"SeriesDescription\": \"QZMARK b\","
                        + " \"BodyPartExamined\": \"QZMARK\", \"StationName\": \"QZMARK\", ";
        archive.instance("i", "{\"0010,0020\": {\"Type\": \"String\", \"Value\": \"QZMARK1\"}}");
        archive.server()
                .on(
                        "/series/" + id,
                        answer(
                                200,
                                ("{\"MainDicomTags\": {" + markers + tags + "}, \"Instances\": [\"i\"]}")
                                        .getBytes(StandardCharsets.UTF_8)))
                .on(
                        "/series/" + id + "/study",
                        answer(
                                200,
                                ("{\"MainDicomTags\": {\"StudyInstanceUID\": \"1.2\","
                                                + " \"StudyDescription\": \"QZMARK\", \"AccessionNumber\": \"QZMARK\"}}")
                                        .getBytes(StandardCharsets.UTF_8)));
    }
}
