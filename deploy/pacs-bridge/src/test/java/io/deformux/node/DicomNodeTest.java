package io.deformux.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.net.Answered;
import io.deformux.dicom.net.AssociationServer;
import io.deformux.dicom.net.Dcmtk;
import io.deformux.dicom.net.OutgoingObject;
import io.deformux.dicom.net.StorageUser;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.node.DicomNodeConfig.GiveBack;
import io.deformux.routing.RoutingRulesReader;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import io.deformux.testing.format.EnhancedCt;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A node from the modality to the event; dcmtk's programs are modalities where Debian's package dcmtk is installed. */
@Timeout(120)
class DicomNodeTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final int SLICES = 12;

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, kafka -> {
        TopicSetup.create(kafka);
        FeedPublisher.createTopic(kafka);
    });

    @TempDir
    private Path folder;

    /** Names the node's feed, so that no other test's place is taken for it. */
    private final String title = "N" + UUID.randomUUID().toString().substring(0, 12);

    private final StorageUser modality = new StorageUser("SCANNER", Duration.ofSeconds(10));
    private final AtomicInteger setAside = new AtomicInteger();
    private EventReader events;
    private RunningNode node;

    @BeforeEach
    void open() throws IOException {
        events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW);
        Files.writeString(
                folder.resolve("rules.json"),
                "{\"rules\": [{\"when\": {\"tag\": \"Modality\", \"equals\": \"CT\"}, \"model\": \"amos\","
                        + " \"output\": \"file:///out/\"}]}");
        node = start(Duration.ofSeconds(2));
    }

    @AfterEach
    void close() throws InterruptedException {
        node.close();
        modality.close();
        events.close();
    }

    /** A node, the thread that it announces on, and how often it has looked for series. */
    private record RunningNode(DicomNode node, Thread thread, AtomicInteger looks) {
        void close() throws InterruptedException {
            thread.interrupt();
            thread.join();
            node.close();
        }
    }

    private RunningNode start(Duration quiet) throws IOException {
        return start(quiet, folder.resolve("incoming"));
    }

    private RunningNode start(Duration quiet, Path incoming) throws IOException {
        return start(quiet, incoming, Optional.empty());
    }

    private RunningNode start(Duration quiet, Path incoming, Optional<GiveBack> giveBack) throws IOException {
        AtomicInteger looks = new AtomicInteger();
        DicomNode started = DicomNode.start(
                new DicomNodeConfig(
                        KAFKA.connection(),
                        false,
                        title,
                        new AssociationServer.Settings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                8,
                                Duration.ofSeconds(10),
                                Optional.empty()),
                        new PeerList(List.of()),
                        incoming,
                        incoming.toUri(),
                        folder.resolve("rules.json"),
                        quiet,
                        Duration.ofDays(1),
                        1 << 30,
                        giveBack),
                new NodeObserver() {
                    @Override
                    public void looked(int events) {
                        looks.incrementAndGet();
                    }

                    @Override
                    public void setAside() {
                        setAside.incrementAndGet();
                    }
                });
        Thread thread = new Thread(
                () -> {
                    try {
                        started.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "node");
        thread.start();
        return new RunningNode(started, thread, looks);
    }

    @Test
    void aSeriesThatIsSentBecomesOneEventAlsoAfterARestart() throws Exception {
        send(series("a"));
        ScanArrived first = event();
        node.close();
        node = start(Duration.ofSeconds(1));
        send(series("b"));
        ScanArrived second = event();

        assertThat(files(first)).hasSize(SLICES);
        assertThat(files(second)).hasSize(SLICES);
        assertThat(first.jobId()).startsWith("dicom-").isNotEqualTo(second.jobId());
        assertThat(events.read(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void twoNodesOfOneTitleAreInNobodysWay() throws Exception {
        RunningNode other = start(Duration.ofSeconds(2), folder.resolve("incoming of another"));
        try {
            send(series("a"));
            ScanArrived first = event();
            send(other, series("b"));
            ScanArrived second = event();
            send(series("c"));
            ScanArrived third = event();

            assertThat(List.of(first, second, third))
                    .allSatisfy(event -> assertThat(files(event)).hasSize(SLICES));
            assertThat(first.input().uri().getPath()).contains("/incoming/");
            assertThat(second.input().uri().getPath()).contains("/incoming of another/");
            assertThat(third.input().uri().getPath()).contains("/incoming/");
        } finally {
            other.close();
        }
    }

    /** Both have one place in Kafka, so that each would take what the other announces for announced. */
    @Test
    void ofTwoNodesOfWhichOneHasACopyOfTheOthersFolderNothingIsLost() throws Exception {
        send(series("a"));
        String first = event().jobId();
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(folder.resolve("incoming/.node"), copy.resolve(".node"));
        RunningNode other = start(Duration.ofSeconds(2), copy);
        try {
            send(other, series("b"));
            assertThat(event().input().uri().getPath()).contains("/copy/");
            send(series("c")); // has the number that the other's had

            ScanArrived again = event();
            assertThat(again.jobId()).as("all of the folder is announced again").isEqualTo(first);
            assertThat(event().input().uri().getPath()).contains("/incoming/");
            assertThat(folder.resolve("incoming/.node"))
                    .content()
                    .isNotEqualTo(Files.readString(copy.resolve(".node")));

            send(other, series("d"));
            assertThat(event().input().uri().getPath()).contains("/copy/");
            send(series("e"));
            assertThat(event().input().uri().getPath()).contains("/incoming/");
            assertThat(events.read(Duration.ofSeconds(2)))
                    .as("and nothing twice")
                    .isEmpty();
        } finally {
            other.close();
        }
    }

    /** The copy has found the original's name beside the place, as it would have of a run of its own that has ended. */
    @Test
    void noneIsLostWhereTheOriginalAnnouncesBeforeItsCopyEither() throws Exception {
        send(series("a"));
        event();
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(folder.resolve("incoming/.node"), copy.resolve(".node"));
        RunningNode other = start(Duration.ofSeconds(2), copy);
        try {
            Awaitility.await().atMost(LONG).until(() -> other.looks().get() > 0);
            send(series("c"));
            assertThat(event().input().uri().getPath()).contains("/incoming/");
            send(other, series("b")); // has the number that the original's had

            assertThat(event().input().uri().getPath()).contains("/copy/");
            assertThat(copy.resolve(".node"))
                    .content()
                    .isNotEqualTo(Files.readString(folder.resolve("incoming/.node")));
        } finally {
            other.close();
        }
    }

    @Test
    void whatDeadProcessesHaveLeftInTheFolderOfItsReturnsIsDeletedWhenItStarts() throws Exception {
        Path returning = folder.resolve("returning");
        Path left = Files.createDirectories(returning.resolve(".deformux-new-1/files-1"))
                .getParent();
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        node.close();

        node = start(
                Duration.ofSeconds(2),
                folder.resolve("incoming"),
                Optional.of(new GiveBack(
                        new Peer("PACS", "127.0.0.1", OptionalInt.of(Dcmtk.freePort()), false),
                        AccessPolicy.files(List.of(), List.of()),
                        Optional.of(returning))));

        assertThat(returning).isEmptyDirectory();
    }

    @Test
    void aSeriesOfWhichTheNodeHadAPartIsWholeAfterARestart() throws Exception {
        node.close();
        node = start(Duration.ofSeconds(600));
        List<OutgoingObject> objects = series("a");
        send(objects.subList(0, 5));
        node.close();
        node = start(Duration.ofSeconds(3));
        send(objects.subList(5, SLICES));

        assertThat(files(event())).hasSize(SLICES);
    }

    @Test
    void aSeriesThatCannotBeReadIsCountedAndTheNextIsAnnounced() throws Exception {
        node.close();
        node = start(Duration.ofSeconds(600));
        send(series("a"));
        node.close();
        try (Stream<Path> all = Files.walk(folder.resolve("incoming/.collecting"))) {
            for (Path image : all.filter(Files::isRegularFile).toList()) {
                Files.writeString(image, "no image any more");
            }
        }
        node = start(Duration.ofSeconds(1));
        Awaitility.await().atMost(LONG).until(() -> setAside.get() > 0);
        send(series("b"));

        assertThat(files(event())).hasSize(SLICES);
        assertThat(setAside).hasValue(1);
    }

    @Test
    void theSameSeriesAgainIsTheSameJobAndAGrownOneAnother() throws Exception {
        List<OutgoingObject> objects = series("a");
        send(objects.subList(0, 5));
        ScanArrived part = event();
        send(objects.subList(0, 5));
        ScanArrived again = event();
        send(objects.subList(5, SLICES));
        ScanArrived grown = event();

        assertThat(again.jobId()).isEqualTo(part.jobId());
        assertThat(grown.jobId()).isNotEqualTo(part.jobId());
        assertThat(files(grown)).hasSize(SLICES);
        assertThat(files(part)).hasSize(5);
    }

    @Test
    void aJobOfSeveralSeriesOfAStudyIsAskedForOnceAllAreThere() throws Exception {
        List<OutgoingObject> first = series("a");
        String study = uid(first.get(0), Tag.STUDY_INSTANCE_UID);
        String name = Stream.iterate("b", one -> one + "b")
                .filter(one -> study.length() == studyLength(one))
                .findFirst()
                .orElseThrow();
        List<OutgoingObject> second = ofStudy(study, series(name));
        Files.writeString(
                folder.resolve("rules.json"),
                """
                {"rules": [{"when": {"tag": "SeriesInstanceUID", "equals": "%s"}, "model": "two", "output": "file:///out/",
                  "channels": [{"name": "T2", "when": {"tag": "SeriesInstanceUID", "equals": "%s"}}]}]}
                """
                        .formatted(
                                uid(first.get(0), Tag.SERIES_INSTANCE_UID),
                                uid(second.get(0), Tag.SERIES_INSTANCE_UID)));
        send(first);
        Awaitility.await().atMost(LONG).until(() -> whole() == 1);
        send(second);

        ScanArrived event = event();

        assertThat(files(event)).hasSize(SLICES);
        assertThat(event.otherChannels().orElseThrow()).singleElement().satisfies(channel -> assertThat(
                        paths(Path.of(channel.input().uri())))
                .hasSize(SLICES));
        assertThat(event.otherChannels().orElseThrow().get(0).input().uri())
                .isNotEqualTo(event.input().uri());
    }

    private int studyLength(String name) {
        try {
            return uid(series(name).get(0), Tag.STUDY_INSTANCE_UID).length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String uid(OutgoingObject object, Tag tag) throws IOException {
        try (DicomFile file = DicomFile.open(object.file(), 1 << 20).orElseThrow()) {
            return file.header().uid(tag);
        }
    }

    /** The same objects in a study whose UID is as long as theirs. */
    private static List<OutgoingObject> ofStudy(String study, List<OutgoingObject> objects) throws IOException {
        String theirs = uid(objects.get(0), Tag.STUDY_INSTANCE_UID);
        List<OutgoingObject> moved = new ArrayList<>();
        for (OutgoingObject object : objects) {
            String bytes = Files.readString(object.file(), StandardCharsets.ISO_8859_1);
            Files.writeString(object.file(), bytes.replace(theirs, study), StandardCharsets.ISO_8859_1);
            moved.add(OutgoingObject.of(object.file()));
        }
        return moved;
    }

    @Test
    void whatAFolderWouldGiveIsWhatIsSent() throws Exception {
        List<OutgoingObject> objects = series("a");
        secondaryCapture(objects.get(0));
        List<ScanArrived> told = FolderEvents.of(
                folder.resolve("series a"),
                new RoutingRulesReader().read(folder.resolve("rules.json")),
                folder.toUri());
        send(objects);

        assertThat(told).extracting(ScanArrived::jobId).containsExactly(event().jobId());
    }

    /** Puts an object beside another one that is of its series, and of a class that no context is accepted for. */
    private static void secondaryCapture(OutgoingObject image) throws IOException {
        String bytes = Files.readString(image.file(), StandardCharsets.ISO_8859_1);
        String uid = image.sopInstance();
        Files.writeString(
                image.file().resolveSibling("capture.dcm"),
                bytes.replace(uid, uid.substring(0, uid.length() - 1) + (uid.endsWith("7") ? "8" : "7"))
                        .replace("1.2.840.10008.5.1.4.1.1.2\0", "1.2.840.10008.5.1.4.1.1.7\0"),
                StandardCharsets.ISO_8859_1);
    }

    @Test
    void rulesThatChangeHoldForTheNextSeries() throws Exception {
        Files.writeString(folder.resolve("rules.json"), "{\"rules\": []}");
        send(series("a"));
        Awaitility.await().atMost(LONG).until(() -> whole() == 1);
        Files.writeString(
                folder.resolve("rules.json"),
                "{\"rules\": [{\"models\": [{\"model\": \"one\"}, {\"model\": \"two\"}], \"output\": \"file:///out/\"}]}");
        send(series("b"));

        assertThat(Stream.of(event(), event()).map(event -> event.model().name()))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void neitherEventNorLogNorNameHasWhatTheImagesSayOfAPatient() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.deformux");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.TRACE);
        try {
            Path file = EnhancedCt.write(folder.resolve("q/QZMARK.dcm"), "QZMARK", 30, 30, 10, n -> n % 100);
            send(List.of(OutgoingObject.of(file)));
            ScanArrived event = event();

            assertThat(new EventCodec().toJson(event)).doesNotContain("QZMARK");
            assertThat(files(event)).noneMatch(one -> one.toString().contains("QZMARK"));
            assertThat(List.copyOf(log.list)).isNotEmpty().allSatisfy(line -> assertThat(line.getFormattedMessage())
                    .doesNotContain("QZMARK"));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    @Test
    void dcmtkIsAnsweredAndItsSeriesComesWholeInSeveralAssociationsOfWhichSomeAreAborted() throws Exception {
        assumeTrue(Dcmtk.installed(), "dcmtk is not installed");
        series("a");
        List<Path> slices = paths(folder.resolve("series a"));
        int port = node.node().port();

        assertThat(Dcmtk.call(port, List.of("echoscu", "-aec", title)))
                .satisfies(ran -> assertThat(ran.code()).as(ran.said()).isZero());
        assertThat(Dcmtk.call(port, List.of("echoscu", "--abort", "-aec", title))
                        .code())
                .isZero();
        assertThat(Dcmtk.call(port, List.of("echoscu", "-aec", "NOBODY")).code())
                .isNotZero();
        List<Thread> senders = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            Path[] part = slices.subList(n * 3, n * 3 + 3).toArray(Path[]::new);
            List<String> program = n % 2 == 0
                    ? List.of("storescu", "-R", "-aec", title)
                    : List.of("storescu", "-R", "--abort", "-aec", title);
            Thread sender = new Thread(() -> {
                try {
                    Dcmtk.call(port, program, part);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            senders.add(sender);
            sender.start();
        }
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(files(event())).hasSize(SLICES);
        assertThat(events.read(Duration.ofSeconds(2))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dcmconv +ti, -xi, 1.2.840.10008.1.2",
        "dcmconv +te, -xe, 1.2.840.10008.1.2.1",
        "dcmconv +tb, -xb, 1.2.840.10008.1.2.2",
        "dcmconv +td, -xd, 1.2.840.10008.1.2.1.99",
        "dcmcrle, -xr, 1.2.840.10008.1.2.5",
        "dcmcjpeg, -xs, 1.2.840.10008.1.2.4.70",
        "dcmcjpls, -xt, 1.2.840.10008.1.2.4.80"
    })
    void imagesAreTakenInTheTransferSyntaxTheyHave(String coding, String proposed, String syntax) throws Exception {
        assumeTrue(Dcmtk.installed(), "dcmtk is not installed");
        series("a");
        Path coded = folder.resolve("coded.dcm");
        List<String> command = new ArrayList<>(List.of(coding.split(" ")));
        command.addAll(List.of(paths(folder.resolve("series a")).get(0).toString(), coded.toString()));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();

        Dcmtk.Ran sent = Dcmtk.call(node.node().port(), List.of("storescu", proposed, "-aec", title), coded);

        assertThat(sent.code()).as(sent.said()).isZero();
        try (DicomFile file = DicomFile.open(files(event()).get(0), 1 << 20).orElseThrow()) {
            file.header();
            assertThat(file.syntax().uid()).isEqualTo(syntax);
        }
    }

    private List<OutgoingObject> series(String name) throws IOException {
        Shape3 shape = new Shape3(16, 16, SLICES);
        Path series = folder.resolve("series " + name);
        new DicomSeriesWriter()
                .write(
                        series,
                        new Volume(
                                new Geometry(shape, Affine.of(-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 3, 0)),
                                new float[shape.length()]),
                        name + title);
        List<OutgoingObject> objects = new ArrayList<>();
        for (Path slice : paths(series)) {
            objects.add(OutgoingObject.of(slice));
        }
        return objects;
    }

    private void send(List<OutgoingObject> objects) throws IOException {
        send(node, objects);
    }

    private void send(RunningNode to, List<OutgoingObject> objects) throws IOException {
        Answered answered = new Answered();
        modality.send(
                new StorageUser.Called(title, "127.0.0.1", to.node().port(), Optional.empty()), objects, answered);
        assertThat(answered.taken()).hasSameSizeAs(objects);
    }

    /** The next event of this test's node. */
    private ScanArrived event() {
        return (ScanArrived) events.await(
                        received -> received.event() instanceof ScanArrived scan
                                && scan.input().uri().getPath().startsWith(folder.toString()),
                        LONG)
                .orElseThrow()
                .event();
    }

    private static List<Path> files(ScanArrived event) throws IOException {
        return paths(Path.of(event.input().uri()));
    }

    private static List<Path> paths(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private long whole() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("incoming"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
