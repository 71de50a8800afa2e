package io.deformux.storage.dicomweb;

import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.OUTPUT_FAILED;
import static io.deformux.failure.FailureCode.REFERENCE_NOT_ALLOWED;
import static io.deformux.failure.FailureCode.REFERENCE_UNSUPPORTED;
import static io.deformux.failure.FailureCode.STORAGE_FULL;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;
import static io.deformux.storage.Refusals.refused;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static io.deformux.testing.server.LoopbackServer.answer;
import static io.deformux.testing.server.LoopbackServer.cutShort;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.HostRule;
import io.deformux.storage.InputLimits;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Origin;
import io.deformux.storage.Scratch;
import io.deformux.storage.StoredObject;
import io.deformux.storage.Timeouts;
import io.deformux.storage.Use;
import io.deformux.storage.web.WebClient;
import io.deformux.testing.server.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DicomWebStorageTest {
    private static final String SERIES = "/dicom-web/studies/1.2.3/series/4.5.6";
    private static final String STUDIES = "/dicom-web/studies";
    private static final String MULTIPART = "multipart/related; type=\"application/dicom\"; boundary=\"b'1\"";
    private static final byte[] TWO_PARTS =
            bytes("--b'1\r\nContent-Type: application/dicom\r\n\r\none\r\n--b'1\r\n\r\ntwo!\r\n--b'1--\r\n");

    @TempDir
    Path temp;

    private final LoopbackServer server = new LoopbackServer();

    @AfterEach
    void nothingIsLeft() {
        server.close();
        assertThat(temp.resolve("scratch"))
                .satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(), folder -> assertThat(folder)
                        .isEmptyDirectory());
    }

    @Test
    void everyPartBecomesAFile() throws IOException {
        server.on(SERIES, answer(200, TWO_PARTS, "Content-Type", MULTIPART));
        try (Scratch scratch = scratch()) {
            FetchedInput input = storage(policy()).fetch(reference(SERIES), scratch);

            assertThat(input.path()).startsWith(scratch.path());
            assertThat(input.path().resolve("000001.dcm")).hasContent("one");
            assertThat(input.path().resolve("000002.dcm")).hasContent("two!");
            assertThat(input.bytes()).isEqualTo(7);
            assertThat(input.files()).isEqualTo(2);
            assertThat(input.sha256())
                    .isEqualTo(Digest.ofAll(List.of(Digest.of(bytes("one")), Digest.of(bytes("two!")))));
        }
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0).header("Accept")).endsWith("transfer-syntax=1.2.840.10008.1.2.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {206, 400, 406, 415, 500, 501})
    void aSeriesThatIsNotGivenUncompressedIsTakenAsItIs(int status) {
        HttpHandler whole = answer(200, TWO_PARTS, "Content-Type", MULTIPART);
        server.on(SERIES, exchange -> {
            boolean any = exchange.getRequestHeaders().getFirst("Accept").endsWith("transfer-syntax=*");
            (any ? whole : answer(status, TWO_PARTS, "Content-Type", MULTIPART)).handle(exchange);
        });
        try (Scratch scratch = scratch()) {
            assertThat(storage(policy()).fetch(reference(SERIES), scratch).files())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "206, STORAGE_UNAVAILABLE",
        "401, CREDENTIALS_REFUSED",
        "404, INPUT_NOT_FOUND",
        "406, REFERENCE_UNSUPPORTED",
        "500, STORAGE_UNAVAILABLE"
    })
    void everyStatusHasItsCode(int status, FailureCode code) {
        server.on(SERIES, answer(status, TWO_PARTS, "Content-Type", MULTIPART));

        refuse(code, policy(), SERIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "multipart/related",
                "multipart/related; boundary=",
                "multipart/related; boundary=\"",
                "multipart/mixed; boundary=b"
            })
    void whatIsNotMultipartComesFromNoArchive(String type) {
        server.on(SERIES, answer(200, TWO_PARTS, "Content-Type", type));

        refuse(REFERENCE_UNSUPPORTED, policy(), SERIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "--b'1\r\n\r\nhalf", "--b'1\r\nno end of headers"})
    void garbageAndHalvesAreWorthAnotherTry(String body) {
        server.on(SERIES, answer(200, bytes(body), "Content-Type", MULTIPART));

        refuse(STORAGE_UNAVAILABLE, policy(), SERIES);
    }

    @Test
    void aBodyThatBreaksOffOrStallsIsWorthAnotherTry() {
        server.on(SERIES, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", MULTIPART);
            cutShort(TWO_PARTS, 1_000_000).handle(exchange);
        });
        // The second part ends, and so does the body for a reader of multipart.
        try (Scratch scratch = scratch()) {
            assertThat(storage(policy()).fetch(reference(SERIES), scratch).files())
                    .isEqualTo(2);
        }

        byte[] half = bytes("--b'1\r\n\r\nhalf of a part");
        server.on(SERIES, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", MULTIPART);
            cutShort(half, 1_000_000).handle(exchange);
        });
        refuse(STORAGE_UNAVAILABLE, policy(), SERIES);

        server.on(SERIES, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", MULTIPART);
            server.stalling(half, 1_000_000).handle(exchange);
        });
        refuse(
                STORAGE_UNAVAILABLE,
                policy().withTimeouts(new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(300))),
                SERIES);
    }

    @Test
    void aSeriesWithoutInstancesIsNotFound() {
        server.on(SERIES, answer(200, bytes("--b'1--"), "Content-Type", MULTIPART));

        refuse(INPUT_NOT_FOUND, policy(), SERIES);
    }

    @Test
    void theLimitsHold() {
        server.on(SERIES, answer(200, TWO_PARTS, "Content-Type", MULTIPART));

        refuse(INPUT_TOO_LARGE, policy().withLimits(new InputLimits(1 << 20, 1)), SERIES);
        refuse(INPUT_TOO_LARGE, policy().withLimits(new InputLimits(20, 10)), SERIES);
    }

    @Test
    void aSeriesThatTheScratchDiskHasNoRoomForIsNotEvenRead() {
        server.on(SERIES, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", MULTIPART);
            cutShort(TWO_PARTS, 1L << 60).handle(exchange);
        });

        refuse(STORAGE_FULL, policy().withLimits(new InputLimits(Long.MAX_VALUE, 10)), SERIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dicom-web/studies/1.2.3",
                "/dicom-web/studies/1.2.3/series/4.5.6/instances/7",
                "/dicom-web/studies/1.2.3/series/JANE",
                "/dicom-web/studies/1.2.3/series/4.5.6?includefield=all",
                "/dicom-web/studies/1.2.3/series/4.5.6#x",
                ""
            })
    void onlySeriesCanBeRetrieved(String path) {
        refuse(REFERENCE_UNSUPPORTED, policy(), path);
    }

    @Test
    void dicomwebsIsHttps() {
        assertThat(ServiceUri.series(URI.create("dicomwebs://pacs:8443" + SERIES))
                        .http())
                .isEqualTo(URI.create("https://pacs:8443" + SERIES));
    }

    @Test
    void hostsThatAreNotListedAreNotAsked() {
        refuse(REFERENCE_NOT_ALLOWED, policy().withHosts(), SERIES);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anObjectIsStoredAndCalledByItsUids() throws IOException {
        server.on(
                STUDIES,
                answer(
                        200,
                        bytes(
                                """
                {"00081199": {"vr": "SQ", "Value": [{
                  "00081155": {"vr": "UI", "Value": ["7.8"]},
                  "00081190": {"vr": "UR", "Value": ["http://inside:1/x/studies/1.2/series/3.4/instances/7.8"]}}]}}
                """)));
        Path file = dicomFile();

        StoredObject stored = storage(policy()).store(file, reference(STUDIES), ObjectName.of("seg.dcm"));

        assertThat(stored.uri()).isEqualTo(reference("/dicom-web/studies/1.2/series/3.4/instances/7.8"));
        assertThat(stored.bytes()).isEqualTo(Files.size(file));
        assertThat(stored.sha256()).isEqualTo(Digest.of(file));
        LoopbackServer.Request request = server.requests().get(0);
        String boundary = MultipartType.boundary(request.header("Content-Type"));
        assertThatArray(new MultipartReader(new java.io.ByteArrayInputStream(request.body()), boundary)
                        .next()
                        .orElseThrow()
                        .readAllBytes())
                .isEqualTo(Files.readAllBytes(file));
        assertThat(request.header("Content-Length")).isEqualTo(String.valueOf(request.body().length));
    }

    @Test
    void anAnswerWithoutUrlsLeadsToASearch() throws IOException {
        server.on(
                STUDIES + "/1.2",
                answer(
                        202,
                        bytes(
                                """
                [{"00081199": {"Value": [{"00081155": {"Value": ["7.8"]}, "00081196": {"Value": [45056]}}]}}]
                """)));

        assertThat(storage(policy())
                        .store(dicomFile(), reference(STUDIES + "/1.2"), ObjectName.of("x"))
                        .uri())
                .isEqualTo(reference("/dicom-web/instances?SOPInstanceUID=7.8"));
    }

    @Test
    void aDuplicateIsThereAlready() throws IOException {
        server.on(
                STUDIES,
                answer(
                        409,
                        bytes(
                                """
                {"00081198": {"Value": [{"00081155": {"Value": ["7.8"]}, "00081197": {"Value": [273]}}]}}
                """)));

        assertThat(storage(policy())
                        .store(dicomFile(), reference(STUDIES), ObjectName.of("x"))
                        .uri())
                .hasPath("/dicom-web/instances");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "200 | {\"00081198\": {\"Value\": [{\"00081197\": {\"Value\": [49152]}}]}} | 0xC000",
                "202 | {\"00081198\": {\"Value\": [{\"00081155\": {\"Value\": [\"7.8\"]}}]}} | 0x0110",
                "202 | not json | no reason",
                "202 | {} | no reason",
                "202 | [] | no reason",
                "409 | {} | no reason",
                "409 | 7 | no reason",
                "200 | {\"00081199\": {\"Value\": [{\"00081155\": {\"Value\": [\"DOE^JANE\"]}}]}} | no UID",
                "500 | x | status 500"
            })
    void whatIsNotStoredForCertainFailed(int status, String body, String message) throws IOException {
        server.on(STUDIES, answer(status, bytes(body)));

        assertThat(refuseStore(OUTPUT_FAILED, dicomFile())).hasMessageContaining(message);
    }

    @Test
    void anArchiveWithoutRoomIsNoJobsFault() throws IOException {
        server.on(STUDIES, answer(200, bytes("{\"00081198\": {\"Value\": [{\"00081197\": {\"Value\": [42752]}}]}}")));

        assertThat(refuseStore(STORAGE_FULL, dicomFile())).hasMessageContaining("0xA700");
    }

    @ParameterizedTest
    @CsvSource({
        "401, CREDENTIALS_REFUSED",
        "503, HOST_UNREACHABLE",
        "507, STORAGE_FULL",
        "403, STORAGE_DENIED",
        "404, REFERENCE_UNSUPPORTED",
        "302, REFERENCE_UNSUPPORTED"
    })
    void refusalsThatWillNotChangeAreNotTriedAgain(int status, FailureCode code) throws IOException {
        server.on(STUDIES, answer(status, bytes("x")));

        refuseStore(code, dicomFile());
    }

    @Test
    void onlyDicomObjectsGoToAnArchive() throws IOException {
        refuseStore(REFERENCE_UNSUPPORTED, Files.writeString(temp.resolve("labels.nii.gz"), "x".repeat(200)));
        assertThat(server.requests()).isEmpty();
    }

    private JobException refuseStore(FailureCode code, Path file) {
        return refused(code, temp, () -> storage(policy()).store(file, reference(STUDIES), ObjectName.of("seg.dcm")));
    }

    private void refuse(FailureCode code, AccessPolicy policy, String path) {
        try (Scratch scratch = scratch()) {
            refused(code, temp, () -> storage(policy).fetch(reference(path), scratch));
        }
    }

    private Path dicomFile() throws IOException {
        return Files.writeString(temp.resolve("seg"), "\0".repeat(128) + "DICM and then\r\n--some more", UTF_8);
    }

    private URI reference(String path) {
        return URI.create("dicomweb://127.0.0.1:" + server.port() + path);
    }

    private Scratch scratch() {
        return Scratch.in(temp.resolve("scratch"));
    }

    private AccessPolicy policy() {
        return AccessPolicy.files(List.of(), List.of())
                .withHosts(new HostRule(
                        Origin.parse(server.origin()), List.of(), Set.of(Use.READ, Use.STORE), Optional.empty()));
    }

    private static DicomWebStorage storage(AccessPolicy policy) {
        return new DicomWebStorage(policy, new WebClient(policy));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
