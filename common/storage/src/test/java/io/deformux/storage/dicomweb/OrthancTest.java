package io.deformux.storage.dicomweb;

import static io.deformux.failure.FailureCode.CREDENTIALS_REFUSED;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.storage.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.parity.Fixtures;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Credentials;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.HostRule;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Origin;
import io.deformux.storage.Scratch;
import io.deformux.storage.Secret;
import io.deformux.storage.Use;
import io.deformux.storage.web.WebClient;
import io.deformux.testing.server.OrthancServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real archive: Orthanc with its DICOMweb plugin, as Debian packages them; skipped where it is missing. */
@Timeout(120)
class OrthancTest {
    @TempDir
    Path temp;

    private OrthancServer orthanc;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(OrthancServer.installed(), "orthanc, orthanc-dicomweb, dcmtk or dicom3tools are not installed");
        orthanc = new OrthancServer(temp);
    }

    @AfterEach
    void stop() {
        if (orthanc != null) {
            orthanc.close();
        }
    }

    @Test
    void aSeriesThatWasStoredComesBack() throws IOException {
        List<Path> slices = slices();
        DicomWebStorage storage = storage();
        String instance = "";
        long bytes = 0;
        for (Path slice : slices) {
            instance = storage.store(slice, studies(), ObjectName.of("x")).uri().toString();
            bytes += Files.size(slice);
        }
        // A job repeated stores the same again.
        assertThat(storage.store(slices.get(slices.size() - 1), studies(), ObjectName.of("x"))
                        .uri())
                .hasToString(instance);

        URI series = URI.create(instance.substring(0, instance.indexOf("/instances/")));
        try (Scratch scratch = Scratch.in(temp.resolve("scratch"))) {
            FetchedInput input = storage.fetch(series, scratch);

            assertThat(input.files()).isEqualTo(slices.size());
            // Its own file meta header is a little shorter or longer.
            assertThat((double) input.bytes() / bytes).isBetween(0.99, 1.01);
            byte[] first = Files.readAllBytes(input.path().resolve("000001.dcm"));
            assertThat(new String(first, StandardCharsets.ISO_8859_1).contains("1.2.840.10008.1.2.1"))
                    .as("explicit little endian")
                    .isTrue();
        }
        try (Scratch scratch = Scratch.in(temp.resolve("scratch"))) {
            refused(INPUT_NOT_FOUND, temp, () -> storage.fetch(URI.create(series + ".1"), scratch));
            Files.writeString(orthanc.password(), "falsch");
            refused(CREDENTIALS_REFUSED, temp, () -> storage.fetch(series, scratch));
            refused(CREDENTIALS_REFUSED, temp, () -> storage.store(slices.get(0), studies(), ObjectName.of("x")));
        }
    }

    private static List<Path> slices() throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.data("ct-head/dicom"))) {
            return files.sorted().limit(20).toList();
        }
    }

    private DicomWebStorage storage() {
        HostRule rule = new HostRule(
                Origin.parse(orthanc.root().toString()),
                List.of(),
                Set.of(Use.READ, Use.STORE),
                Optional.of(new Credentials.Basic(orthanc.user(), new Secret.InFile(orthanc.password()))));
        AccessPolicy policy = AccessPolicy.files(List.of(), List.of()).withHosts(rule);
        return new DicomWebStorage(policy, new WebClient(policy));
    }

    private URI studies() {
        return URI.create(orthanc.dicomWeb() + "/studies");
    }
}
