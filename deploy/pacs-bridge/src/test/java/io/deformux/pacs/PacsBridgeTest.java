package io.deformux.pacs;

import static io.deformux.testing.server.LoopbackServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.routing.RoutingRules;
import io.deformux.routing.RoutingRulesReader;
import io.deformux.routing.Rule;
import io.deformux.routing.WantedJob;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.testing.server.LoopbackServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bridge against an Orthanc that says what a test wants; the command line's {@code OrthancEndToEndTest} has a real one. */
@Timeout(60)
class PacsBridgeTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, kafka -> {
        TopicSetup.create(kafka);
        FeedPublisher.createTopic(kafka);
    });

    private static final RoutingRules EVERYTHING =
            new RoutingRules(List.of(Rule.everything(WantedJob.of("any", URI.create("file:///out/")))));

    private final ScriptedArchive archive = new ScriptedArchive();
    private RoutingRules rules = EVERYTHING;
    private EventReader events;
    private FeedPublisher publisher;

    @BeforeEach
    void open() {
        events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW);
        publisher = FeedPublisher.open(KAFKA.connection(), URI.create("/test/bridge"), "feed-" + UUID.randomUUID());
        archive.series("aa", "1.2.3");
        archive.series("bb", "1.2.4");
    }

    @AfterEach
    void close() {
        publisher.close();
        events.close();
        archive.close();
    }

    @Test
    void aSeriesThatBecameStableTwiceInOnePageIsPublishedOnce() throws Exception {
        archive.changes("aa", "bb", "aa");

        assertThat(bridge().step()).isFalse();

        assertPublished("1.2.3", "1.2.4");
        assertThat(publisher.position()).isEqualTo(3);
    }

    @Test
    void aSeriesThatIsGoneIsPassedOver() throws Exception {
        archive.changes("cc", "bb");

        bridge().step();

        assertPublished("1.2.4");
        assertThat(publisher.position()).isEqualTo(2);
    }

    @Test
    void aSeriesWhoseUidLeadsElsewhereIsPassedOver() throws Exception {
        archive.series("aa", "..");
        archive.changes("aa");

        bridge().step();

        assertPublished();
        assertThat(publisher.position()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"/series/bb, 401, {}", "/series/bb/study, 500, {}", "/series/bb, 200, no JSON", "/changes, 404, {}"})
    void nothingIsPublishedUntilTheWholePageIsKnown(String path, int status, String body) throws Exception {
        archive.changes("aa", "bb");
        archive.server().on(path, answer(status, body.getBytes(StandardCharsets.UTF_8)));

        assertThatIOException().isThrownBy(() -> bridge().step());
        assertThat(publisher.position()).isZero();

        archive.series("bb", "1.2.4");
        archive.changes("aa", "bb");
        bridge().step();
        assertPublished("1.2.3", "1.2.4");
    }

    @Test
    void anArchiveThatStallsOrIsDownIsAskedAgain() throws Exception {
        archive.changes("aa");
        archive.server().on("/series/aa", archive.server().stalling(new byte[] {'{'}, 100));
        assertThatIOException().isThrownBy(() -> bridge().step()).withMessageContaining("has not answered");
        archive.server().on("/series/aa", archive.server().silent());
        assertThatIOException().isThrownBy(() -> bridge().step()).withMessageContaining("has not answered");
        archive.server().on("/series/aa", LoopbackServer.cutShort(new byte[] {'{'}, 100));
        assertThatIOException().isThrownBy(() -> bridge().step()).withMessageContaining("does not answer");

        archive.series("aa", "1.2.3");
        bridge().step();
        assertPublished("1.2.3");
    }

    @Test
    void aRuleMayAskForAnyAttributeOfAnInstanceAlsoInASequence(@TempDir Path folder) throws Exception {
        rules = new RoutingRulesReader()
                .read(
                        Files.writeString(
                                folder.resolve("rules.json"),
                                """
                        {"rules": [{"when": {"all": [
                            {"tag": "0009,1001", "equals": "axial"},
                            {"tag": "ConvolutionKernel", "equals": "br40"},
                            {"tag": "SharedFunctionalGroupsSequence/PixelMeasuresSequence/SliceThickness", "most": 3}]},
                          "model": "thin", "output": "file:///out/"}]}
                        """));
        archive.instance(
                "i",
                """
                {"0009,1001": {"Name": "Unknown", "Type": "String", "Value": "AXIAL "},
                 "0018,1210": {"Name": "ConvolutionKernel", "Type": "String", "Value": "Br40\\\\3"},
                 "5200,9229": {"Type": "Sequence", "Value": [{"0028,9110": {"Type": "Sequence", "Value": [
                    {"0018,0050": {"Type": "String", "Value": "2.5"}}]}}]}}
                """);
        archive.series("cc", "1.2.5", "none");
        archive.changes("aa", "cc");

        bridge().step();

        assertPublished("1.2.3");
    }

    @Test
    void aJobOfSeveralSeriesIsAskedForOnceAllAreStable(@TempDir Path folder) throws Exception {
        rules = new RoutingRulesReader()
                .read(
                        Files.writeString(
                                folder.resolve("rules.json"),
                                """
                        {"rules": [{"when": {"tag": "SeriesInstanceUID", "equals": "1.2.3"}, "model": "two",
                          "output": "file:///out/",
                          "channels": [{"name": "T2", "when": {"tag": "SeriesInstanceUID", "equals": "1.2.4"}}]}]}
                        """));
        archive.lookup("{\"ID\": \"st\", \"Type\": \"Study\"}");
        archive.study("st", "aa");
        archive.changes("aa");
        bridge().step();
        assertThat(publisher.position()).isEqualTo(1);

        archive.series("bb", "1.2.4", "j");
        archive.study("st", "aa", "bb");
        archive.changes("aa", "bb");
        bridge().step();

        ScanArrived sent = (ScanArrived) events.await(
                        received -> received.event() instanceof ScanArrived scan
                                && scan.model().name().equals("two"),
                        Duration.ofSeconds(20))
                .orElseThrow()
                .event();
        assertThat(sent.input().uri().getPath()).endsWith("/series/1.2.3");
        assertThat(sent.otherChannels().orElseThrow()).singleElement().satisfies(channel -> {
            assertThat(channel.name()).isEqualTo("T2");
            assertThat(channel.input().uri().getPath()).endsWith("/series/1.2.4");
        });
        assertThat(events.read(Duration.ofMillis(500))).isEmpty();
    }

    @Test
    void whatWouldBeSentIsWhatIsSent() throws Exception {
        archive.changes("aa");
        archive.lookup("{\"ID\": \"aa\", \"Type\": \"Series\"}");
        Orthanc orthanc = new Orthanc(archive.server().uri(""), Optional.empty(), Duration.ofSeconds(2));

        List<ScanArrived> told = SeriesEvents.ofUid(orthanc, "1.2.3", rules, URI.create("dicomweb://pacs/dicom-web"));
        bridge().step();

        assertThat(told).hasSize(1);
        assertThat(events.await(received -> received.event().equals(told.get(0)), Duration.ofSeconds(20)))
                .isPresent();
    }

    private PacsBridge bridge() {
        return new PacsBridge(
                new Orthanc(archive.server().uri(""), Optional.empty(), Duration.ofSeconds(2)),
                () -> rules,
                URI.create("dicomweb://pacs/dicom-web"),
                publisher);
    }

    /** These series and no others; on their partitions they come in any order. */
    private void assertPublished(String... series) {
        List<String> found = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            found.addAll(read());
            return found.size() >= series.length;
        });
        found.addAll(read());
        assertThat(found).containsExactlyInAnyOrder(series);
    }

    private List<String> read() {
        return events.read(Duration.ofMillis(500)).stream()
                .map(received -> (ScanArrived) received.event())
                .map(event -> event.input().uri().getPath().replaceAll(".*/", ""))
                .toList();
    }
}
