package io.deformux.worker.infer;

import static io.deformux.testing.server.LoopbackServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.deformux.dicom.seg.SegKind;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.record.EventRecords;
import io.deformux.model.ModelId;
import io.deformux.model.ModelStore;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.AddressBlock;
import io.deformux.storage.HostRule;
import io.deformux.storage.Origin;
import io.deformux.storage.Use;
import io.deformux.testing.format.Archives;
import io.deformux.testing.format.MarkedSeries;
import io.deformux.testing.format.MarkedSeries.Other;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.testing.server.LoopbackServer;
import io.deformux.transform.Preset;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * What a scan says of its patient, and what a reference says of its credentials, stays in the scan and in the request: a
 * worker with scans that have a marker in every text element, good ones and bad ones, and then a search for the markers in
 * all that it leaves behind, DICOM objects apart. It logs as much as it can meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class NothingOfThePatientTest {
    private static final String SIGNED = "?X-Amz-Credential=QZMARKKEY&X-Amz-Signature=QZMARKSIGNATURE";
    private static final int NO_JOBS = 4;
    private static final Set<String> PICTURE_ALONE = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    @TempDir
    static Path folder;

    private final String topic = "scans-" + UUID.randomUUID();
    private final LoopbackServer server = new LoopbackServer();
    private final Lines log = new Lines();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.deformux");
    /** The jobs sent, and the codes of those that fail. */
    private final Map<String, Optional<String>> jobs = new LinkedHashMap<>();

    private final List<ConsumerRecord<byte[], byte[]>> told = new ArrayList<>();
    private Path inputs;
    private Path outputs;
    private InferenceWorker worker;
    private KafkaProducer<byte[], byte[]> producer;

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

    @BeforeAll
    void workThroughAllOfThem() throws Exception {
        inputs = Files.createDirectory(folder.resolve("inputs"));
        outputs = Files.createDirectory(folder.resolve("outputs"));
        // Of two networks, since one disagrees with nobody.
        TinyModel.ensemble(
                folder.resolve("models"), new ModelId(TinyModel.NAME, "1"), Preset.KITS, 32, List.of(3L, 5L));
        TopicSetup.create(KAFKA.connection(), List.of(new TopicSetup.Topic(topic, 1, Duration.ofDays(1))));
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.TRACE);
        producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
        sendGoodOnes();
        sendBadSeries();
        sendPresigned();
        sendBadPlaces();
        sendWhatIsNoJob();
        worker = InferenceWorker.start(new InferenceWorkerConfig(
                KAFKA.connection(),
                JobLoopConfig.of(topic, topic, URI.create("/test/worker"))
                        .withAttempts(new Attempts(2, Duration.ofMillis(10), Duration.ofMillis(10)))
                        .withProgressInterval(Duration.ofMillis(1)),
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(inputs), List.of(outputs))
                        .withHosts(new HostRule(
                                Origin.parse(server.origin()),
                                List.of(AddressBlock.parse("127.0.0.0/8")),
                                EnumSet.of(Use.READ),
                                Optional.empty())),
                new SegmentationSettings(
                        folder.resolve("scratch"), 1 << 22, "test", EnumSet.allOf(OutputRole.class), SegKind.BINARY),
                ComputeSettings.on("cpu")));
        readUntilAllIsTold();
    }

    @AfterAll
    void stop() throws InterruptedException {
        logger.detachAppender(log);
        logger.setLevel(null);
        producer.close();
        server.close();
        assertThat(worker.stop(Duration.ofSeconds(10))).isTrue();
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    private void sendGoodOnes() throws IOException {
        send("good", MarkedSeries.write(inputs, "good").toUri(), Optional.empty());
        send(
                "charset",
                MarkedSeries.write(inputs, "charset", new Other(0x00080005, "CS", MarkedSeries.marker(0x00080005)))
                        .toUri(),
                Optional.empty());
    }

    private void sendBadSeries() throws IOException {
        bad("photometric", "DICOM_ATTRIBUTE_INVALID", new Other(0x00280004, "CS", MarkedSeries.marker(0x00280004)));
        bad("position", "DICOM_ATTRIBUTE_INVALID", new Other(0x00200032, "DS", "QZMARK\\1\\2"));
        bad("orientation", "DICOM_ATTRIBUTE_INVALID", new Other(0x00200037, "DS", "QZMARK\\0\\0\\0\\1\\0"));
        bad("spacing", "DICOM_ATTRIBUTE_INVALID", new Other(0x00280030, "DS", "QZMARK\\1"));
        bad("slope", "DICOM_ATTRIBUTE_INVALID", new Other(0x00281053, "DS", "QZMARK"));
        Path acquisition = MarkedSeries.write(inputs, "acquisition", new Other(0x00200012, "IS", "QZMARK"));
        send("acquisition", acquisition.toUri(), Optional.empty());
        bad("frames", "DICOM_ATTRIBUTE_INVALID", new Other(0x00280008, "IS", "QZMARK"));
        Path gap = MarkedSeries.write(inputs, "gap");
        Files.delete(gap.resolve("QZMARK_9.dcm"));
        send("gap", gap.toUri(), Optional.of("DICOM_SLICE_MISSING"));
        Path cut = MarkedSeries.write(inputs, "cut");
        Path last = cut.resolve("QZMARK_20.dcm");
        byte[] whole = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(whole, whole.length - 700));
        send("cut", cut.toUri(), Optional.of("INPUT_TRUNCATED"));
        Path mixed = MarkedSeries.write(inputs, "mixed");
        MarkedSeries.write(mixed, "other");
        send("mixed", mixed.toUri(), Optional.of("DICOM_SERIES_MIXED"));
        Path linked = MarkedSeries.write(inputs, "linked");
        Files.createSymbolicLink(linked.resolve("QZMARK_21.dcm"), Files.createFile(folder.resolve("QZMARK-outside")));
        send("linked", linked.toUri(), Optional.of("REFERENCE_NOT_ALLOWED"));
        send("none", inputs.resolve("QZMARK^none").toUri(), Optional.of("INPUT_NOT_FOUND"));
        send("host", URI.create("file://QZMARK" + inputs.toUri().getPath()), Optional.of("REFERENCE_UNSUPPORTED"));
        Files.writeString(inputs.resolve("QZMARK.zip"), "PK\u0003\u0004QZMARK");
        send("archive", inputs.resolve("QZMARK.zip").toUri(), Optional.of("INPUT_TRUNCATED"));
    }

    private void bad(String name, String code, Other... others) throws IOException {
        send(name, MarkedSeries.write(inputs, name, others).toUri(), Optional.of(code));
    }

    private void sendPresigned() throws IOException {
        Path series = MarkedSeries.write(inputs, "signed");
        byte[] zip = Archives.zip(archive -> {
            for (int k = 1; k <= 20; k++) {
                Path file = series.resolve("QZMARK_" + k + ".dcm");
                Archives.add(archive, new ZipArchiveEntry("QZMARK/" + k), Files.readAllBytes(file));
            }
        });
        server.on("/series.zip", answer(200, zip))
                .on("/denied.zip", answer(403, "QZMARK".getBytes(StandardCharsets.UTF_8)))
                .on("/elsewhere.zip", answer(302, new byte[0], "Location", "http://127.0.0.2/QZMARK" + SIGNED))
                .on("/broken.zip", LoopbackServer.cutShort("QZMARK".getBytes(StandardCharsets.UTF_8), 1000));
        send("signed", server.uri("/series.zip" + SIGNED), Optional.empty());
        send("denied", server.uri("/denied.zip" + SIGNED), Optional.of("STORAGE_DENIED"));
        send("absent", server.uri("/QZMARK.zip" + SIGNED), Optional.of("INPUT_NOT_FOUND"));
        send("elsewhere", server.uri("/elsewhere.zip" + SIGNED), Optional.of("REFERENCE_NOT_ALLOWED"));
        send("broken", server.uri("/broken.zip" + SIGNED), Optional.of("STORAGE_UNAVAILABLE"));
        send(
                "not-listed",
                URI.create("https://bucket.example.org/series.zip" + SIGNED),
                Optional.of("REFERENCE_NOT_ALLOWED"));
        send("s3", URI.create("s3://bucket/series/" + SIGNED), Optional.of("REFERENCE_UNSUPPORTED"));
        send(
                "dicomweb",
                URI.create("dicomweb://127.0.0.1/studies/1.2/series/1.2.3" + SIGNED),
                Optional.of("REFERENCE_UNSUPPORTED"));
        send("file", URI.create(inputs.toUri() + SIGNED), Optional.of("REFERENCE_UNSUPPORTED"));
    }

    private void sendBadPlaces() throws IOException {
        URI good = MarkedSeries.write(inputs, "no-place").toUri();
        send("output", good, URI.create("file:///QZMARK/"), Optional.of("REFERENCE_NOT_ALLOWED"));
        send("output-host", good, URI.create("file://QZMARK/results/"), Optional.of("REFERENCE_UNSUPPORTED"));
        send("output-query", good, URI.create(outputs.toUri() + SIGNED), Optional.of("REFERENCE_UNSUPPORTED"));
        Path taken = Files.writeString(outputs.resolve("QZMARK-taken"), "no folder");
        send("output-taken", good, taken.toUri(), Optional.of("OUTPUT_FAILED"));
        Files.createSymbolicLink(outputs.resolve("QZMARK-link"), inputs);
        send("output-link", good, outputs.resolve("QZMARK-link").toUri(), Optional.of("REFERENCE_NOT_ALLOWED"));
    }

    private void sendWhatIsNoJob() {
        ProducerRecord<byte[], byte[]> event = event("x", inputs.toUri(), outputs.toUri());
        for (String data : List.of(
                "{\"jobId\": \"QZMARK NAME\", \"QZMARK\": 1}",
                new String(event.value(), StandardCharsets.UTF_8).replace("\"dicom\"", "\"QZMARK\""),
                new String(event.value(), StandardCharsets.UTF_8).replace("file:///", "http://QZMARK:QZMARK@host/"),
                "QZMARK")) {
            producer.send(new ProducerRecord<>(
                    topic, 0, event.key(), data.getBytes(StandardCharsets.UTF_8), event.headers()));
        }
    }

    private void send(String job, URI input, Optional<String> code) {
        send(job, input, outputs.toUri(), code);
    }

    private void send(String job, URI input, URI output, Optional<String> code) {
        ProducerRecord<byte[], byte[]> event = event("leak-" + job, input, output);
        producer.send(new ProducerRecord<>(topic, 0, event.key(), event.value(), event.headers()));
        jobs.put("leak-" + job, code);
    }

    private static ProducerRecord<byte[], byte[]> event(String job, URI input, URI output) {
        return new EventRecords(URI.create("/test/router"), 1 << 20)
                .write(new ScanArrived(
                        job,
                        new InputReference(input, Kind.DICOM, Optional.empty()),
                        new ModelReference(TinyModel.NAME, Optional.empty()),
                        output));
    }

    private void readUntilAllIsTold() {
        List<String> topics = List.of(Topics.SEGMENTATION_RESULT, Topics.PROGRESS, Topics.RETRY, Topics.DEAD_LETTER);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KAFKA.connection().client(Map.of("isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(name -> consumer.partitionsFor(name).stream())
                    .map(part -> new TopicPartition(part.topic(), part.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(150)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(told::add);
                return results().keySet().containsAll(jobs.keySet())
                        && ownDeadLetters().size() >= 4;
            });
        }
    }

    /** The last result of each job. */
    private Map<String, String> results() {
        Map<String, String> results = new HashMap<>();
        told.stream()
                .filter(one -> one.topic().equals(Topics.SEGMENTATION_RESULT))
                .forEach(one -> results.put(text(one.key()), text(one.value())));
        return results;
    }

    private long failures() {
        return jobs.values().stream().filter(Optional::isPresent).count();
    }

    private List<ConsumerRecord<byte[], byte[]>> ownDeadLetters() {
        return told.stream()
                .filter(one -> one.topic().equals(Topics.DEAD_LETTER))
                .filter(one -> text(one.headers()
                                .lastHeader(DeadLetterHeaders.TOPIC)
                                .value())
                        .equals(topic))
                .toList();
    }

    @Test
    void everyJobEndsAsItShould() {
        assertThat(jobs).allSatisfy((job, code) -> {
            String result = results().get(job);
            assertThat(result)
                    .as(job)
                    .contains(code.map(text -> "\"code\":\"" + text + "\"").orElse("\"outputs\":"));
        });
        assertThat(server.requests())
                .anyMatch(request -> request.uri().toString().equals("/series.zip" + SIGNED));
    }

    @Test
    void noEventTellsOfThePatient() {
        List<String> events = told.stream()
                .filter(one -> !isCopy(one))
                .map(one -> text(one.key()) + text(one.value()) + headers(one, ""))
                .toList();

        assertThat(events).hasSizeGreaterThan(jobs.size()).allSatisfy(NothingOfThePatientTest::assertSilent);
    }

    /** Copies have the request as it came; what is said of it is new. */
    @Test
    void nothingSaidOfAJobThatFailedOrWaitsTellsOfIt() {
        List<String> said = told.stream()
                .filter(NothingOfThePatientTest::isCopy)
                .map(one -> headers(one, "deformux_"))
                .toList();

        assertThat(said)
                .hasSizeGreaterThan(jobs.size() / 2)
                .allSatisfy(headers -> assertThat(headers).isNotEmpty())
                .allSatisfy(NothingOfThePatientTest::assertSilent);
    }

    private static boolean isCopy(ConsumerRecord<byte[], byte[]> one) {
        return Set.of(Topics.DEAD_LETTER, Topics.RETRY).contains(one.topic());
    }

    @Test
    void noLineOfTheLogTellsOfIt() {
        assertThat(log.all).hasSizeGreaterThan(jobs.size()).allSatisfy(NothingOfThePatientTest::assertSilent);
    }

    @Test
    void noFileThatIsNoDicomObjectTellsOfIt() throws IOException {
        List<Path> stored;
        try (Stream<Path> files = Files.walk(outputs)) {
            stored = files.filter(Files::isRegularFile)
                    .filter(file -> !outputs.relativize(file).toString().contains("QZMARK-taken"))
                    .toList();
        }
        Set<String> names = stored.stream()
                .flatMap(file -> StreamSupport.stream(outputs.relativize(file).spliterator(), false))
                .map(Path::toString)
                .collect(Collectors.toSet());
        assertThat(names).contains("manifest.json");
        assertThat(OutputRole.values()).extracting(OutputRole::fileName).isSubsetOf(names);
        for (Path file : stored) {
            assertSilent(outputs.relativize(file).toString());
            if (!file.toString().endsWith(".dcm")) {
                assertSilent(text(content(file)));
            }
            if (file.toString().endsWith(".png")) {
                assertThat(chunks(Files.readAllBytes(file))).isSubsetOf(PICTURE_ALONE);
            }
        }
    }

    /** It belongs to the patient's study: what is searched for elsewhere has been read. */
    @Test
    void theSegmentationObjectIsThePatients() throws IOException {
        try (Stream<Path> files = Files.walk(outputs)) {
            assertThat(files.filter(file -> file.toString().endsWith(".dcm")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(text(content(file))).contains(MarkedSeries.marker(0x00100010)));
        }
    }

    /** What could not be stored is kept there for a while. */
    @Test
    void noNameInTheScratchFolderTellsOfIt() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("scratch"))) {
            assertThat(files.map(Path::toString)).allSatisfy(NothingOfThePatientTest::assertSilent);
        }
    }

    private static void assertSilent(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        assertThat(MarkedSeries.ALL)
                .as(said.length() > 2000 ? "a file" : said)
                .noneMatch(marker -> lower.contains(marker.toLowerCase(Locale.ROOT)));
    }

    private static byte[] content(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return file.toString().endsWith(".gz")
                ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
                : bytes;
    }

    /** The types of the chunks of a PNG (PNG specification, section 5.3). */
    private static Set<String> chunks(byte[] png) {
        Set<String> types = new TreeSet<>();
        ByteBuffer in = ByteBuffer.wrap(png).position(8);
        while (in.hasRemaining()) {
            int length = in.getInt();
            byte[] type = new byte[4];
            in.get(type);
            types.add(text(type));
            in.position(in.position() + length + 4);
        }
        return types;
    }

    /** Those whose names begin so. */
    private static String headers(ConsumerRecord<byte[], byte[]> one, String prefix) {
        StringBuilder all = new StringBuilder();
        for (Header header : one.headers()) {
            if (header.key().startsWith(prefix)) {
                all.append(header.key())
                        .append('=')
                        .append(text(header.value()))
                        .append('\n');
            }
        }
        return all.toString();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
