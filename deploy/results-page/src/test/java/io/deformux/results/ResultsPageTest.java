package io.deformux.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.messaging.record.EventRecords;
import io.deformux.results.web.Gate;
import io.deformux.results.web.Page;
import io.deformux.results.web.Token;
import io.deformux.results.web.Uploads;
import io.deformux.results.webhook.WebhookObserver;
import io.deformux.schemas.DeadLetterReplay;
import io.deformux.schemas.Event;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.LabelDice;
import io.deformux.schemas.LabelSummary;
import io.deformux.schemas.ModelPublished;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.StoredModel;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.AddressBlock;
import io.deformux.testing.server.KafkaFixture;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page on a broker, asked over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultsPageTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TOKEN = "a-token-for-the-tests";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private EventPublisher publisher;
    private ResultsPage page;

    @BeforeAll
    void start() throws Exception {
        Files.createDirectories(folder.resolve("results"));
        publisher = new EventPublisher(KAFKA.connection(), URI.create("/test"));
        page = ResultsPage.start(config(Gate.loopback()), WebhookObserver.NONE);
        publisher.publish(Told.progress("running", 3));
        publisher.publish(Told.failed("failed"));
        publisher.publish(completedTraining());
        publisher.publish(Told.progress("training-fold-0", 10, 0.9, 0.1));
        publisher.publish(Told.progress("training-fold-0", 20, 0.5, 0.4));
        publisher.publish(Told.progress("broken-fold-1", 10, 0.9, 0.1));
        publisher.publish(Told.foldFailed("broken", 1));
        publisher.publish(new ModelPublished(
                "tiny",
                "1",
                Told.DIGEST,
                URI.create("file:///models/tiny/1/"),
                dice(),
                0.8,
                Optional.of("training"),
                Optional.of(Told.provenance())));
        publisher.publish(Told.comparison("which"));
        await().atMost(LONG).until(() -> get("/api/comparisons").path("total").asInt() == 1);
        await().atMost(LONG).until(() -> get("/api/models").path("total").asInt() == 1);
        await().atMost(LONG).until(() -> get("/api/jobs/running").has("stage"));
        await().atMost(LONG)
                .until(() -> get("/api/trainings/broken").at("/folds/0").has("fault"));
        await().atMost(LONG)
                .until(() -> get("/api/trainings/training").at("/folds/0/curve").size() == 2);
    }

    @AfterAll
    void stop() {
        page.close();
        publisher.close();
    }

    private ResultsPageConfig config(Gate gate) {
        return config(gate, folder.resolve("uploads"));
    }

    private ResultsPageConfig config(Gate gate, Path uploads) {
        Page.Rights rights = new Page.Rights(
                gate,
                Optional.of(new Token(TOKEN)),
                Optional.of(new Uploads(uploads, folder.resolve("results").toUri(), 10_000)));
        return new ResultsPageConfig(
                KAFKA.connection(),
                new InetSocketAddress("127.0.0.1", 0),
                1000,
                AccessPolicy.files(List.of(), List.of(folder.resolve("results"))),
                folder.resolve("scratch"),
                rights,
                Optional.empty());
    }

    @Test
    void aRunningJobShowsItsProgressAndTheTimeLeft() throws Exception {
        JsonNode stage = get("/api/jobs/running").path("stage");

        assertThat(stage.path("done").asInt()).isEqualTo(3);
        assertThat(stage.path("etaMs").asInt()).isEqualTo(4000);
    }

    @Test
    void searchFilterAndPagesNarrowTheList() throws Exception {
        assertThat(get("/api/jobs?state=failed&q=FAIL")
                        .at("/items/0/fault/code")
                        .asText())
                .isEqualTo("DICOM_SLICES_MISSING");
        assertThat(get("/api/jobs?q=no-such-job").path("total").asInt()).isZero();
        assertThat(get("/api/jobs?size=1&page=2").path("items").size()).isEqualTo(1);
        assertThat(send("GET", "/api/jobs?size=0", "").statusCode()).isEqualTo(400);
    }

    @Test
    void theCurvesOfFoldsComeWithTheirTrainingAndNotWithTheList() throws Exception {
        assertThat(get("/api/trainings/training").at("/folds/0/curve").size()).isEqualTo(2);
        assertThat(get("/api/trainings").findValues("curve")).isEmpty();
        assertThat(get("/api/trainings").findValues("meanDice")).isNotEmpty();
    }

    @Test
    void aComparisonShowsItsTableAndWhatIsNotInIt() throws Exception {
        JsonNode comparison = get("/api/comparisons/which");

        assertThat(comparison.path("state").asText()).isEqualTo("completed");
        assertThat(comparison.at("/networks/0/name").asText()).isEqualTo("unetr");
        assertThat(comparison.at("/networks/0/dice/mean").asDouble()).isEqualTo(0.9);
        assertThat(comparison.at("/failed/0/code").asText()).isEqualTo("TRAINING_DIVERGED");
        assertThat(get("/api/comparisons?state=failed").path("total").asInt()).isZero();
        assertThat(send("GET", "/api/comparisons/none", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aModelSaysWhatItIsAndWasMadeOf() throws Exception {
        JsonNode model = get("/api/models/tiny/1");

        assertThat(model.at("/provenance/architecture").asText()).isEqualTo("deform-uxnet");
        assertThat(model.at("/provenance/dataset").asText()).isEqualTo("Task09_Spleen");
        assertThat(model.at("/provenance/folds/0/meanDice").asDouble()).isEqualTo(0.8);
        assertThat(model.at("/provenance/intensities/0/method").asText()).isEqualTo("window");
        assertThat(model.path("trainingId").asText()).isEqualTo("training");
        assertThat(get("/api/models?q=task09").path("total").asInt()).isEqualTo(1);
        assertThat(send("GET", "/api/models/tiny/2", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aPageThatIsStartedLateTellsTheSame() throws Exception {
        deadLetter("told-late");
        await().atMost(LONG)
                .until(() -> get("/api/failures?q=told-late").path("total").asInt() == 1);
        try (ResultsPage late = ResultsPage.start(config(Gate.loopback()), WebhookObserver.NONE)) {
            for (String path : List.of(
                    "/api/jobs?size=500",
                    "/api/jobs/running",
                    "/api/jobs/failed",
                    "/api/trainings",
                    "/api/trainings/broken",
                    "/api/trainings/training",
                    "/api/comparisons",
                    "/api/models",
                    "/api/failures?size=500")) {
                await(path).atMost(LONG).until(() -> body(late, path).equals(body(page, path)));
            }
        }
    }

    @Test
    void everyAnswerIsAsTheOpenApiFileSays() throws Exception {
        OutputFile mask = new OutputFile(
                URI.create("file:///results/masks/spleen.nii.gz"),
                "application/gzip",
                1,
                Told.DIGEST,
                "class-mask",
                Optional.of("spleen"));
        publisher.publish(Told.completed("described", mask));
        await().atMost(LONG).until(() -> get("/api/jobs/described").has("result"));
        assertThat(get("/api/jobs/described").at("/files/0/className").asText()).isEqualTo("spleen");
        deadLetter("described-letter");
        String document = body(page, "/api/openapi.json");
        Map<String, String> answers = Map.of(
                "/api/jobs", "/api/jobs",
                "/api/jobs/{id}", "/api/jobs/described",
                "/api/trainings", "/api/trainings",
                "/api/trainings/{id}", "/api/trainings/training",
                "/api/comparisons", "/api/comparisons",
                "/api/comparisons/{id}", "/api/comparisons/which",
                "/api/models", "/api/models",
                "/api/models/{name}/{version}", "/api/models/tiny/1",
                "/api/failures", "/api/failures");

        for (Map.Entry<String, String> answer : answers.entrySet()) {
            String reference = JSON.readTree(document)
                    .path("paths")
                    .path(answer.getKey())
                    .at("/get/responses/200/content/application~1json/schema/$ref")
                    .asText();
            assertThat(schema(document, reference).validate(get(answer.getValue())))
                    .as(answer.getKey())
                    .isEmpty();
        }
        assertThat(schema(document, "#/components/schemas/Error")
                        .validate(JSON.readTree(
                                send("GET", "/api/jobs/nobody", "").body())))
                .isEmpty();
    }

    private static Schema schema(String document, String reference) {
        String id = "https://deformux.io/openapi.json";
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(id, document)))
                .getSchema(SchemaLocation.of(id + reference));
    }

    @Test
    void theFilesOfAResultAreServedWholeAndInRanges() throws Exception {
        Path file = file("labels.txt", "0123456789");
        publisher.publish(completed("with-file", file));
        await().atMost(LONG).until(() -> get("/api/jobs/with-file").has("files"));
        String href = get("/api/jobs/with-file").at("/files/0/href").asText();

        assertThat(send("GET", href, "").body()).isEqualTo("0123456789");
        HttpResponse<String> range = send("GET", href, "", "Range", "bytes=2-4");
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(range.body()).isEqualTo("234");
        assertThat(range.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
        assertThat(send("GET", href, "", "Range", "bytes=-3").body()).isEqualTo("789");
        assertThat(send("GET", href, "", "Range", "bytes=10-").statusCode()).isEqualTo(416);
    }

    @Test
    void aFileThatNoResultNamesIsNotServedAndNeitherIsOneThatHasChanged() throws Exception {
        Path file = file("changed.txt", "as it was");
        publisher.publish(completed("changed", file));
        await().atMost(LONG).until(() -> get("/api/jobs/changed").has("files"));
        String href = get("/api/jobs/changed").at("/files/0/href").asText();
        Files.writeString(file, "otherwise");

        assertThat(send("GET", href, "").statusCode()).isEqualTo(410);
        assertThat(send("GET", "/files/changed/" + "f".repeat(64) + "/changed.txt", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/site/..%2f..%2fpackage-info.class", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFileOutsideTheAllowedFoldersIsRefused() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside.txt"), "secret");
        publisher.publish(completed("outside", outside));
        await().atMost(LONG).until(() -> get("/api/jobs/outside").has("files"));

        HttpResponse<String> refused =
                send("GET", get("/api/jobs/outside").at("/files/0/href").asText(), "");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("secret").doesNotContain(folder.toString());
    }

    @Test
    void changesArePushed() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(page, "/api/events")).build();
        HttpResponse<InputStream> stream = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(lines.readLine()).startsWith("retry");
            publisher.publish(Told.progress("pushed", 1));
            String line = lines.readLine();
            while (!line.contains("pushed")) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo("data: {\"kind\":\"jobs\",\"id\":\"pushed\"}");
        }
    }

    @Test
    void aScanIsPublishedByThoseWhoHaveTheToken() throws Exception {
        String body = "{\"input\": {\"uri\": \"file:///scans/a.nii.gz\", \"kind\": \"nifti\"},"
                + " \"model\": {\"name\": \"tiny\"}, \"output\": \"file:///results/\", \"jobId\": \"by-http\"}";

        assertThat(send("POST", "/api/scans", body).statusCode()).isEqualTo(403);
        assertThat(send("POST", "/api/scans", body, "Authorization", "Bearer not-the-right-token")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> accepted = send("POST", "/api/scans", body, "Authorization", "Bearer " + TOKEN);
        HttpResponse<String> broken = send("POST", "/api/scans", "{}", "Authorization", "Bearer " + TOKEN);

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(published(Topics.SCAN_ARRIVED, "by-http")).isInstanceOf(ScanArrived.class);
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("EVENT_INVALID");
    }

    @Test
    void anUploadIsStoredAndPublishedWithItsDigest() throws Exception {
        byte[] nifti = new byte[400];
        System.arraycopy("n+1".getBytes(StandardCharsets.US_ASCII), 0, nifti, 344, 3);

        String id = JSON.readTree(upload("/api/uploads?model=tiny", nifti).body())
                .path("id")
                .asText();

        ScanArrived event = (ScanArrived) published(Topics.SCAN_ARRIVED, id);
        assertThat(event.input().kind()).isEqualTo(InputReference.Kind.NIFTI);
        assertThat(event.input().sha256()).hasValue(sha256(nifti));
        assertThat(Path.of(event.input().uri())).hasBinaryContent(nifti).hasParent(folder.resolve("uploads"));
    }

    @Test
    void anUploadedZipIsASeriesForTheWorkers() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("series/1.dcm"));
            zip.write(new byte[] {1, 2, 3});
        }

        HttpResponse<String> taken = upload("/api/uploads?model=tiny", bytes.toByteArray());

        assertThat(taken.statusCode()).isEqualTo(202);
        String document = body(page, "/api/openapi.json");
        String answer = "/post/responses/202/content/application~1json/schema/$ref";
        String reference = JSON.readTree(document)
                .path("paths")
                .path("/api/uploads")
                .at(answer)
                .asText();
        assertThat(schema(document, reference).validate(JSON.readTree(taken.body())))
                .isEmpty();
        String id = JSON.readTree(taken.body()).path("id").asText();
        assertThat(taken.headers().firstValue("Location")).hasValue("/api/jobs/" + id);
        ScanArrived event = (ScanArrived) published(Topics.SCAN_ARRIVED, id);
        assertThat(event.input().kind()).isEqualTo(InputReference.Kind.DICOM);
        assertThat(event.input().sha256()).hasValue(sha256(bytes.toByteArray()));
        assertThat(event.model().name()).isEqualTo("tiny");
        assertThat(Path.of(event.input().uri()))
                .hasBinaryContent(bytes.toByteArray())
                .hasExtension("zip");
    }

    @Test
    void anUploadThatIsTooLargeOrNoScanLeavesNothing() throws Exception {
        byte[] large = new byte[20_000];
        large[0] = 0x1f;
        large[1] = (byte) 0x8b;
        long before = uploads();

        assertThat(upload("/api/uploads?model=tiny", large).statusCode()).isEqualTo(413);
        assertThat(upload("/api/uploads?model=tiny", "hello".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(415);
        assertThat(uploads()).isEqualTo(before);
    }

    @Test
    void anUploadThatCannotBeStoredIsToldSo() throws Exception {
        Path file = Files.createFile(folder.resolve("no-folder"));
        try (ResultsPage broken = ResultsPage.start(config(Gate.loopback(), file), WebhookObserver.NONE)) {
            HttpResponse<String> answer = send(
                    broken, "POST", "/api/uploads?model=tiny", "PK\003\004 a zip", "Authorization", "Bearer " + TOKEN);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("STORAGE_UNAVAILABLE").doesNotContain("no-folder");
        }
    }

    private static long uploads() throws Exception {
        Files.createDirectories(folder.resolve("uploads"));
        try (var files = Files.list(folder.resolve("uploads"))) {
            return files.count();
        }
    }

    @Test
    void aDeadLetterIsShownAndItsReplayAskedFor() throws Exception {
        deadLetter("to-replay");
        await().atMost(LONG)
                .until(() -> get("/api/failures?q=to-replay").path("total").asInt() == 1);
        JsonNode letter = get("/api/failures?q=to-replay").at("/items/0");
        String path = "/api/failures/" + letter.path("id").asText() + "/replay";

        assertThat(letter.path("code").asText()).isEqualTo("INPUT_NOT_FOUND");
        assertThat(letter.path("message").asText()).isEqualTo("Put it there.");
        assertThat(send("POST", path, "").statusCode()).isEqualTo(403);
        assertThat(send("POST", path, "", "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(202);
        assertThat(published(Topics.DEAD_LETTER_REPLAY, letter.path("id").asText()))
                .isEqualTo(new DeadLetterReplay(letter.path("id").asText()));
    }

    /** By the topic it came from, as its site names it; a key alone may be that of a scan or of a fold. */
    @Test
    void aFailureLeadsToWhatItIsOfAsLongAsThatIsKnown() throws Exception {
        deadLetter("failed");
        deadLetter("nobody-knows");
        deadLetter("broken-fold-1", Topics.TRAINING_FOLD_REQUESTED);
        deadLetter("broken", "ward-7.training.ready");
        deadLetter("which", Topics.TRAINING_REQUESTED);

        assertThat(about("failed")).isEqualTo("{\"kind\":\"jobs\",\"id\":\"failed\"}");
        assertThat(about("nobody-knows")).isEmpty();
        assertThat(about("broken-fold-1")).isEqualTo("{\"kind\":\"trainings\",\"id\":\"broken\"}");
        assertThat(about("broken")).isEqualTo("{\"kind\":\"trainings\",\"id\":\"broken\"}");
        assertThat(about("which")).isEqualTo("{\"kind\":\"comparisons\",\"id\":\"which\"}");
    }

    private String about(String job) throws Exception {
        await().atMost(LONG).until(() -> letter(job).has("id"));
        return letter(job).path("about").toString();
    }

    private JsonNode letter(String job) throws Exception {
        for (JsonNode item : get("/api/failures?size=500").path("items")) {
            if (item.path("job").asText().equals(job)) {
                return item;
            }
        }
        return JSON.missingNode();
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws Exception {
        HttpResponse<String> site = send("GET", "/", "");

        assertThat(site.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http"));
        assertThat(site.body()).doesNotContain("http:", "https:");
    }

    @Test
    void behindATokenNothingIsShownWithoutIt() throws Exception {
        try (ResultsPage closed = ResultsPage.start(config(Gate.token(new Token(TOKEN))), WebhookObserver.NONE)) {
            assertThat(send(closed, "GET", "/api/jobs", "").statusCode()).isEqualTo(401);
            assertThat(send(closed, "GET", "/api/events", "").statusCode()).isEqualTo(401);
            assertThat(send(closed, "GET", "/", "").statusCode()).isEqualTo(200);
            HttpResponse<String> session = send(closed, "POST", "/api/session", "", "Authorization", "Bearer " + TOKEN);
            String cookie =
                    session.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");

            assertThat(cookie).doesNotContain(TOKEN);
            assertThat(send(closed, "GET", "/api/jobs", "", "Cookie", cookie).statusCode())
                    .isEqualTo(200);
            assertThat(send(closed, "POST", "/api/scans", "{}", "Cookie", cookie)
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void behindAProxyOnlyWhoeverItNamesIsLetIn() throws Exception {
        try (ResultsPage proxied = ResultsPage.start(config(proxied("127.0.0.1")), WebhookObserver.NONE)) {
            HttpResponse<String> refused = send(proxied, "GET", "/api/jobs", "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("USER_MISSING").doesNotContain("token"); // which would not help
            assertThat(send(proxied, "GET", "/api/jobs", "", "X-User", "somebody")
                            .statusCode())
                    .isEqualTo(200);
        }
        try (ResultsPage elsewhere = ResultsPage.start(config(proxied("192.0.2.1")), WebhookObserver.NONE)) {
            assertThat(send(elsewhere, "GET", "/api/jobs", "", "X-User", "somebody")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aProxyMayBeAnyAddressOfANetwork() throws Exception {
        assertThat(statusBehind("192.0.2.0/24", "127.0.0.0/8")).isEqualTo(200);
        assertThat(statusBehind("10.0.0.0/8", "::1")).isEqualTo(401);
    }

    private int statusBehind(String... proxies) throws Exception {
        try (ResultsPage behind = ResultsPage.start(config(proxied(proxies)), WebhookObserver.NONE)) {
            return send(behind, "GET", "/api/jobs", "", "X-User", "somebody").statusCode();
        }
    }

    private static Gate proxied(String... proxies) {
        return Gate.proxy("X-User", Stream.of(proxies).map(AddressBlock::parse).toList());
    }

    private Event published(String topic, String key) {
        try (EventReader reader = new EventReader(KAFKA.connection(), Set.of(topic), EventReader.From.EARLIEST)) {
            return reader.await(received -> received.event().key().equals(key), LONG)
                    .orElseThrow()
                    .event();
        }
    }

    private void deadLetter(String job) throws Exception {
        deadLetter(job, Topics.SCAN_ARRIVED);
    }

    private void deadLetter(String job, String topic) throws Exception {
        ProducerRecord<byte[], byte[]> scan = new EventRecords(URI.create("/test"), 10_000)
                .write(new ScanArrived(
                        job,
                        new InputReference(URI.create("file:///scans/no"), InputReference.Kind.NIFTI, Optional.empty()),
                        new ModelReference("tiny", Optional.empty()),
                        URI.create("file:///results/")));
        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>(topic, 0, 0, scan.key(), scan.value());
        scan.headers().forEach(read.headers()::add);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(DeadLetters.copy(read, new JobException(FailureCode.INPUT_NOT_FOUND, "Put it there."), 1))
                    .get();
        }
    }

    private static Event completed(String job, Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        return Told.completed(
                job, Told.output(file.toUri(), "text/plain", bytes.length, sha256(bytes), "measurements"));
    }

    private static Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve("results").resolve(name), text);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static TrainingCompleted completedTraining() {
        FoldResult fold = new FoldResult(
                0,
                List.of(new LabelDice(1, "spleen", Optional.of(0.8))),
                0.8,
                90,
                100,
                new StoredModel(URI.create("file:///models/fold/"), Told.DIGEST),
                Told.DIGEST,
                Map.of("training", 1L),
                1000);
        return new TrainingCompleted(
                "training",
                Told.DIGEST,
                List.of(fold),
                dice(),
                0.8,
                Optional.empty(),
                new ModelVersion("tiny", "1", Told.DIGEST),
                URI.create("file:///models/tiny/1/"),
                2000);
    }

    private static List<LabelSummary> dice() {
        return List.of(new LabelSummary(1, "spleen", 1, Optional.of(0.8), Optional.empty()));
    }

    private HttpResponse<String> upload(String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(page, path))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(body(page, path));
    }

    private String body(ResultsPage of, String path) throws Exception {
        return send(of, "GET", path, "").body();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        return send(page, method, path, body, headers);
    }

    private HttpResponse<String> send(ResultsPage to, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(to, path))
                .timeout(LONG)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(ResultsPage of, String path) {
        return URI.create("http://127.0.0.1:" + of.address().getPort() + path);
    }
}
