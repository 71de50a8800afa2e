package io.deformux.storage.web;

import static io.deformux.failure.FailureCode.CREDENTIALS_REFUSED;
import static io.deformux.failure.FailureCode.HOST_UNREACHABLE;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
import static io.deformux.failure.FailureCode.JOB_CANCELLED;
import static io.deformux.failure.FailureCode.REFERENCE_NOT_ALLOWED;
import static io.deformux.failure.FailureCode.REFERENCE_UNSUPPORTED;
import static io.deformux.failure.FailureCode.STORAGE_FULL;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;
import static io.deformux.storage.Refusals.PATIENT;
import static io.deformux.storage.Refusals.refused;
import static io.deformux.testing.server.LoopbackServer.answer;
import static io.deformux.testing.server.LoopbackServer.cutShort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.AddressBlock;
import io.deformux.storage.Credentials;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.HostRule;
import io.deformux.storage.InputLimits;
import io.deformux.storage.Origin;
import io.deformux.storage.Scratch;
import io.deformux.storage.Secret;
import io.deformux.storage.Timeouts;
import io.deformux.storage.Use;
import io.deformux.testing.format.Archives;
import io.deformux.testing.server.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
class WebStorageTest {
    private static final byte[] BODY = "some bytes".getBytes(UTF_8);
    private static final String SCAN = "/" + PATIENT.replace("^", "%5E");
    private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(300));

    @TempDir
    Path temp;

    private final LoopbackServer server = new LoopbackServer();

    @AfterEach
    void nothingIsLeft() {
        server.close();
        Thread.interrupted();
        assertThat(temp.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aFileIsStreamedToScratchWithTheDigestOfItsBytes() throws IOException {
        serve(200, BODY);
        try (Scratch scratch = scratch()) {
            FetchedInput input = storage(policy()).fetch(server.uri(SCAN), scratch);

            assertThat(input.path()).startsWith(scratch.path()).hasBinaryContent(BODY);
            assertThat(input.sha256()).isEqualTo(Digest.of(BODY));
            assertThat(input.bytes()).isEqualTo(BODY.length);
        }
    }

    @Test
    void anArchiveIsKnownByItsContentAndUnpacked() {
        for (byte[] archive : List.of(Archives.zip(Map.of("1.dcm", "one")), Archives.tarGz(Map.of("1.dcm", "one")))) {
            serve(200, archive);
            try (Scratch scratch = scratch()) {
                FetchedInput input = storage(policy()).fetch(server.uri(SCAN), scratch);

                assertThat(input.path()).isDirectory();
                assertThat(input.files()).isEqualTo(1);
                assertThat(input.sha256()).isEqualTo(Digest.of(archive));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFERENCE_UNSUPPORTED",
        "401, CREDENTIALS_REFUSED",
        "407, CREDENTIALS_REFUSED",
        "403, STORAGE_DENIED",
        "404, INPUT_NOT_FOUND",
        "408, STORAGE_UNAVAILABLE",
        "410, INPUT_NOT_FOUND",
        "429, STORAGE_UNAVAILABLE",
        "500, STORAGE_UNAVAILABLE",
        "502, HOST_UNREACHABLE",
        "503, HOST_UNREACHABLE"
    })
    void everyStatusHasItsCode(int status, FailureCode code) {
        serve(status, BODY);

        assertThat(refuse(code, policy())).hasMessageContaining("status " + status);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        server.on(path(), server.silent());

        refuse(STORAGE_UNAVAILABLE, policy().withTimeouts(SHORT));
    }

    @Test
    void aServerThatStallsInTheMiddleIsGivenUp() {
        server.on(path(), server.stalling(BODY, 1_000));

        assertThat(refuse(STORAGE_UNAVAILABLE, policy().withTimeouts(SHORT))).hasMessageContaining("silent");
    }

    @Test
    void aServerThatTricklesIsGivenUpAfterTheTimeAllowed() {
        server.on(path(), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int n = 0; n < 10_000; n++) {
                exchange.getResponseBody().write(0);
                exchange.getResponseBody().flush();
            }
        });
        InputLimits limits = new InputLimits(1 << 20, 1, 1, Duration.ofNanos(1));

        assertThat(refuse(STORAGE_UNAVAILABLE, policy().withLimits(limits))).hasMessageContaining("took longer");
    }

    @Test
    void aConnectionThatBreaksOffIsWorthAnotherTry() {
        server.on(path(), cutShort(BODY, 1_000));

        assertThat(refuse(STORAGE_UNAVAILABLE, policy())).hasMessageContaining("broke off");
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        server.close();

        refuse(HOST_UNREACHABLE, policy());
    }

    @Test
    void whatIsAnnouncedTooLargeIsNotEvenRead() {
        server.on(path(), server.stalling(new byte[0], 1L << 40));

        refuse(INPUT_TOO_LARGE, policy());
    }

    @Test
    void whatTheScratchDiskHasNoRoomForIsNotEvenReadAndToldWithTheNumbers() {
        server.on(path(), cutShort(new byte[10], 1L << 60));

        assertThat(refuse(STORAGE_FULL, policy().withLimits(new InputLimits(Long.MAX_VALUE, 1))))
                .hasMessageContaining("1152921504.6 GB");
    }

    @Test
    void whatIsTooLargeWithoutSayingSoIsStopped() {
        server.on(path(), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 16];
            for (int n = 0; n < 1_000_000; n++) {
                exchange.getResponseBody().write(much);
            }
        });

        refuse(INPUT_TOO_LARGE, policy().withLimits(new InputLimits(1 << 20, 1)));
    }

    @Test
    void aDamagedArchiveIsNotWorthAnotherTry() {
        byte[] archive = Archives.zip(Map.of("1.dcm", "one"));
        serve(200, java.util.Arrays.copyOf(archive, archive.length - 10));

        refuse(INPUT_TRUNCATED, policy());
    }

    @Test
    void redirectsAreFollowedOnTheSameOrigin() {
        server.on(path(), redirect("/there")).on("/there", answer(200, BODY));
        try (Scratch scratch = scratch()) {
            assertThat(storage(policy()).fetch(server.uri(SCAN), scratch).sha256())
                    .isEqualTo(Digest.of(BODY));
        }
    }

    @Test
    void redirectsToElsewhereAreRefusedEvenWhereThatIsAllowed() {
        try (LoopbackServer other = new LoopbackServer().on("/there", answer(200, BODY))) {
            AccessPolicy both = policy().withHosts(HostRule.reading(server.origin()), HostRule.reading(other.origin()));
            for (String target : List.of(
                    other.origin() + "/there",
                    "https://127.0.0.1:" + server.port() + "/there",
                    "http://localhost:" + server.port() + "/there",
                    "http://169.254.169.254/latest/meta-data",
                    "file:///etc/passwd",
                    "%%%",
                    "")) {
                server.on(path(), redirect(target));

                refuse(REFERENCE_NOT_ALLOWED, both);
            }
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void redirectsInACircleEnd() {
        server.on(path(), redirect(SCAN));

        refuse(REFERENCE_NOT_ALLOWED, policy());
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void hostsThatAreNotListedAreNotAsked() {
        for (AccessPolicy policy : List.of(
                policy().withHosts(),
                policy().withHosts(HostRule.reading("http://127.0.0.1")),
                policy().withHosts(HostRule.reading("https://127.0.0.1:" + server.port())),
                policy().withHosts(new HostRule(
                        Origin.parse(server.origin()), List.of(), Set.of(Use.STORE), Optional.empty())))) {
            refuse(REFERENCE_NOT_ALLOWED, policy);
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aNameWithAPrivateAddressIsRefusedUnlessItsNetworkIsListed() {
        Origin byName = Origin.parse("http://localhost:" + server.port());
        URI reference = URI.create("http://LocalHost:" + server.port() + SCAN);
        serve(200, BODY);

        refuse(
                REFERENCE_NOT_ALLOWED,
                policy().withHosts(HostRule.reading("http://localhost:" + server.port())),
                reference);
        assertThat(server.requests()).isEmpty();

        HostRule listed = new HostRule(
                byName,
                List.of(AddressBlock.parse("127.0.0.0/8"), AddressBlock.parse("::1")),
                Set.of(Use.READ),
                Optional.empty());
        try (Scratch scratch = scratch()) {
            assertThat(storage(policy().withHosts(listed))
                            .fetch(reference, scratch)
                            .bytes())
                    .isEqualTo(BODY.length);
        }
    }

    @Test
    void aPatternThatFitsAMetadataAddressDoesNotLetItIn() {
        refuse(
                REFERENCE_NOT_ALLOWED,
                policy().withHosts(HostRule.reading("http://*.254.169.254")),
                URI.create("http://169.254.169.254/latest"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http:///x", "http:x", "http://user:secret@127.0.0.1/x", "http://127.0.0.1/x#y", "http://a_b/"})
    void referencesOfAnotherFormAreRefused(String reference) {
        refuse(REFERENCE_UNSUPPORTED, policy(), URI.create(reference));
    }

    @Test
    void credentialsComeFromTheConfigurationAndStayOutOfMessages() throws IOException {
        Path password = Files.writeString(temp.resolve("password"), "geheim\n");
        serve(200, BODY);

        fetchWith(new Credentials.Basic("worker", new Secret.InFile(password)));
        fetchWith(new Credentials.Bearer(new Secret.InFile(password)));

        assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Basic d29ya2VyOmdlaGVpbQ==");
        assertThat(server.requests().get(1).header("Authorization")).isEqualTo("Bearer geheim");

        serve(401, BODY);
        assertThat(refuse(CREDENTIALS_REFUSED, with(new Credentials.Bearer(new Secret.InFile(password)))))
                .hasMessageNotContaining("geheim");
        Files.writeString(password, "ge\nheim");
        assertThat(refuse(CREDENTIALS_REFUSED, with(new Credentials.Bearer(new Secret.InFile(password)))))
                .hasMessageNotContaining("heim");
    }

    @Test
    void aCancelledJobStopsReading() {
        server.on(path(), server.stalling(BODY, 1_000));
        Thread.currentThread().interrupt();

        refuse(JOB_CANCELLED, policy());
    }

    @Test
    void outputsCannotBeStored() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        Files.createDirectory(temp.resolve("scratch"));

        refused(REFERENCE_UNSUPPORTED, temp, () -> storage(policy())
                .store(file, server.uri("/"), io.deformux.storage.ObjectName.of("x")));
    }

    private void fetchWith(Credentials credentials) {
        try (Scratch scratch = scratch()) {
            storage(with(credentials)).fetch(server.uri(SCAN), scratch);
        }
    }

    private AccessPolicy with(Credentials credentials) {
        return policy().withHosts(new HostRule(
                Origin.parse(server.origin()), List.of(), Set.of(Use.READ), Optional.of(credentials)));
    }

    private void serve(int status, byte[] body) {
        server.on(path(), answer(status, body));
    }

    private static com.sun.net.httpserver.HttpHandler redirect(String location) {
        return answer(302, new byte[0], "Location", location);
    }

    private static String path() {
        return "/" + PATIENT;
    }

    private JobException refuse(FailureCode code, AccessPolicy policy) {
        return refuse(code, policy, server.uri(SCAN));
    }

    private JobException refuse(FailureCode code, AccessPolicy policy, URI reference) {
        try (Scratch scratch = scratch()) {
            return refused(code, scratch.path(), () -> storage(policy).fetch(reference, scratch));
        }
    }

    private Scratch scratch() {
        return Scratch.in(temp.resolve("scratch"));
    }

    private AccessPolicy policy() {
        return AccessPolicy.files(List.of(), List.of()).withHosts(HostRule.reading(server.origin()));
    }

    private static WebStorage storage(AccessPolicy policy) {
        return new WebStorage(policy, new WebClient(policy));
    }
}
