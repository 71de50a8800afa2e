package io.deformux.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessFileTest {
    @TempDir
    Path temp;

    @Test
    void everyKeyIsRead() throws IOException {
        Path secret = Files.writeString(temp.resolve("secret"), "geheim\n");

        AccessPolicy policy = read(
                """
                roots.input = /data/scans, /mnt/more
                roots.output = /data/results
                limits.max-bytes = 1000
                limits.max-files = 10
                limits.max-expansion = 5
                limits.max-seconds = 60
                timeouts.connect-seconds = 1
                timeouts.stall-seconds = 2
                host.pacs.origin = http://orthanc:8042
                host.pacs.networks = 10.1.0.0/16, fd00::1
                host.pacs.allow = read, store
                host.pacs.user = worker
                host.pacs.password-file = SECRET
                host.cloud.origin = https://*.example.org
                host.cloud.token-env = PATH
                bucket.scans.name = scans
                bucket.scans.prefix = incoming/
                bucket.scans.endpoint = https://minio:9000
                bucket.scans.region = eu-central-1
                bucket.scans.allow = store
                bucket.scans.access-key-env = PATH
                bucket.scans.secret-key-file = SECRET
                bucket.z.name = plain
                """
                        .replace("SECRET", secret.toString()));

        Secret inFile = new Secret.InFile(secret);
        Secret inEnvironment = new Secret.InEnvironment("PATH");
        assertThat(policy)
                .isEqualTo(new AccessPolicy(
                        List.of(Path.of("/data/scans"), Path.of("/mnt/more")),
                        List.of(Path.of("/data/results")),
                        List.of(
                                new HostRule(
                                        new Origin("https", "*.example.org", 443),
                                        List.of(),
                                        Set.of(Use.READ),
                                        Optional.of(new Credentials.Bearer(inEnvironment))),
                                new HostRule(
                                        new Origin("http", "orthanc", 8042),
                                        List.of(AddressBlock.parse("10.1.0.0/16"), AddressBlock.parse("fd00::1/128")),
                                        Set.of(Use.READ, Use.STORE),
                                        Optional.of(new Credentials.Basic("worker", inFile)))),
                        List.of(
                                new BucketRule(
                                        "scans",
                                        "incoming/",
                                        Optional.of(URI.create("https://minio:9000")),
                                        "eu-central-1",
                                        Set.of(Use.STORE),
                                        Optional.of(new BucketRule.Keys(inEnvironment, inFile))),
                                new BucketRule(
                                        "plain",
                                        "",
                                        Optional.empty(),
                                        "us-east-1",
                                        Set.of(Use.READ),
                                        Optional.empty())),
                        new InputLimits(1000, 10, 5, Duration.ofMinutes(1)),
                        new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2))));
        assertThat(policy.toString()).doesNotContain("geheim", System.getenv("PATH"));
    }

    @Test
    void anEmptyFileAllowsNothing() throws IOException {
        assertThat(read("# nothing")).isEqualTo(AccessPolicy.files(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "root.input = /data | unknown key: root.input",
                "host.pacs.orign = http://a | host.pacs.origin is missing",
                "host.pacs.origin = http://a/path | host.pacs.origin",
                "host.pacs.origin = ftp://a | host.pacs.origin",
                "host.pacs.origin = http://user@a | host.pacs.origin",
                "host.pacs.origin = http://a:99999 | host.pacs.origin",
                "bucket.b.prefix = x/ | bucket.b.name is missing",
                "roots.input = relative | absolute",
                "limits.max-files = many | limits.max-files",
                "limits.max-files = 0 | positive",
                "timeouts.stall-seconds = 0 | positive",
            })
    void aWrongKeyOrValueIsNamed(String line, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(line)).withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host.h.networks = pacs.example.org | host.h.networks",
                "host.h.networks = 10.0.0.0/33 | no such network",
                "host.h.networks = 10.0.0.0/x | host.h.networks",
                "host.h.networks = 300.0.0.1 | host.h.networks",
                "host.h.allow = write | host.h.allow",
                "host.h.user = worker | host.h.*",
                "host.h.password-env = PATH | host.h.*",
                "host.h.password = geheim | unknown key: host.h.password",
            })
    void aWrongKeyOfAHostIsNamed(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("host.h.origin = http://h\n" + line))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bucket.b.access-key-env = PATH | bucket.b.*",
                "bucket.b.prefix = x | prefix",
                "bucket.b.prefix = /x/ | prefix",
                "bucket.b.endpoint = minio:9000 | endpoint",
            })
    void aWrongKeyOfABucketIsNamed(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("bucket.b.name = b\n" + line))
                .withMessageContaining(message);
    }

    @Test
    void aSecretThatIsNotThereIsFoundAtTheStart() {
        for (String line : List.of("token-env = NO_SUCH_VARIABLE_ANYWHERE", "token-file = /no/such/file")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read("host.h.origin = http://h\nhost.h." + line))
                    .withMessageContaining("host.h.token: ");
        }
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> AccessFile.read(temp.resolve("nothing"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void theSampleIsRight() throws IOException {
        Path sample = Path.of("..", "..", "deploy", "access.properties");
        AccessPolicy policy = AccessFile.read(sample);

        assertThat(policy.hosts()).hasSize(1);
        assertThat(policy.buckets()).hasSize(2);

        // What is commented out has to be right too, but for its secrets, which are not here.
        String everything = Files.readString(sample)
                .replaceAll("(?m)^#([a-z.-]+ = )", "$1")
                .replaceAll("-file = .*", "-env = PATH")
                .replaceAll("-env = .*", "-env = PATH");
        assertThat(read(everything).hosts()).hasSize(2).allMatch(host -> host.credentials()
                .isPresent());
        assertThat(read(everything).limits()).isEqualTo(InputLimits.DEFAULT);
        assertThat(read(everything).timeouts()).isEqualTo(Timeouts.DEFAULT);
    }

    private AccessPolicy read(String text) throws IOException {
        return AccessFile.read(Files.writeString(temp.resolve("access.properties"), text));
    }
}
