package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.parity.Fixtures;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import io.deformux.standalone.Composed.Service;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.testing.Programs;
import io.deformux.testing.server.OrthancServer;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker-compose.yml}, as far as no container engine is needed for it. */
class ComposedProgramsTest {
    private static final Path ROOT = Fixtures.checkoutRoot();

    @TempDir
    Path folder;

    @Test
    void everyImageIsPinned() throws Exception {
        assertThat(Composed.of(ROOT.resolve("docker-compose.yml")).services())
                .allSatisfy((name, service) -> assertThat(service.image()).matches("[a-z0-9./-]+:v?\\d[\\w.+-]*"));
    }

    @Test
    void composeTakesTheFilesWithEveryProfile() throws Exception {
        List<String> compose = Stream.of(List.of("docker-compose"), List.of("docker", "compose"))
                .filter(command -> Programs.installed(command.get(0)))
                .findFirst()
                .orElse(List.of());
        assumeTrue(!compose.isEmpty(), "no docker-compose");

        assertComposeTakes(compose, "-f", "docker-compose.yml", "--profile", "pacs", "--profile", "monitoring");
        assertComposeTakes(compose, "-f", "docker-compose.yml", "-f", "deploy/docker-compose.cuda.yml");
    }

    /**
     * The services' own commands and settings, each in a process of its own on this machine: addresses, folders and secrets are
     * this machine's, all else is as the file has it. Needs what {@link OrthancServer} needs.
     */
    @Test
    @Timeout(300)
    void aSeriesThatReachesTheArchiveComesBackSegmented() throws Exception {
        assumeTrue(OrthancServer.installed(), "orthanc, orthanc-dicomweb, dcmtk or dicom3tools are not installed");
        Map<String, Service> services =
                Composed.of(ROOT.resolve("docker-compose.yml")).services();
        Path share = Files.createDirectories(folder.resolve("data"));
        for (String name : List.of("scans", "datasets", "results", "models")) {
            Files.createDirectories(share.resolve(name));
        }
        RandomModelFixture.tiny(share.resolve("models/amos/1"), "amos");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"));
                OrthancServer orthanc = new OrthancServer(Files.createDirectories(folder.resolve("orthanc")))) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            Here here = new Here(share, broker.bootstrapServers(), orthanc);
            try (ProgramProcess topics = start(here, "topics", services.get("topics"))) {
                assertThat(topics.exitCode()).as(said(topics)).isZero();
            }
            try (ProgramProcess worker = start(here, "infer-worker-1", services.get("infer-worker-1"));
                    ProgramProcess bridge = start(here, "pacs-bridge", services.get("pacs-bridge"));
                    EventReader results = new EventReader(kafka, List.of(Topics.SEGMENTATION_RESULT), From.EARLIEST)) {
                orthanc.send(series());

                SegmentationCompleted done = (SegmentationCompleted) results.await(
                                received -> received.event() instanceof SegmentationCompleted, Duration.ofSeconds(240))
                        .orElseThrow(() -> new AssertionError(said(worker) + said(bridge)))
                        .event();

                assertThat(done.model().name()).isEqualTo("amos");
                assertThat(done.outputs())
                        .filteredOn(output -> output.role().equals("dicom-seg"))
                        .extracting(OutputFile::uri)
                        .allSatisfy(uri -> assertThat(uri.toString()).startsWith("dicomweb:"));
            }
        }
    }

    private static String said(ProgramProcess process) {
        try {
            return process.printed();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private ProgramProcess start(Here here, String name, Service service) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : service.environment().entrySet()) {
            environment.put(variable.getKey(), here.value(variable.getValue()));
        }
        return ProgramProcess.start(
                environment,
                folder.resolve(name + ".log"),
                service.command().stream().map(here::value).toArray(String[]::new));
    }

    /** This machine in the place of the containers. */
    private final class Here {
        private final Map<String, String> replaced = new LinkedHashMap<>();

        Here(Path share, String kafka, OrthancServer orthanc) throws IOException {
            Path secrets = Files.createDirectories(folder.resolve("secrets"));
            Files.writeString(secrets.resolve("orthanc-credentials"), orthanc.credentials());
            Files.copy(orthanc.password(), secrets.resolve("orthanc-password"));
            Files.writeString(secrets.resolve("s3-access-key"), "none");
            Files.writeString(secrets.resolve("s3-secret-key"), "none");
            String archive = orthanc.root().getAuthority();
            replaced.put("/run/secrets/", secrets + "/");
            replaced.put("/data/", share + "/");
            replaced.put("/scratch", folder.resolve("scratch").toString());
            replaced.put("kafka:19092", kafka);
            replaced.put("orthanc:8042", archive);
            replaced.put("user = deformux", "user = " + orthanc.user());
            replaced.put("172.16.0.0/12", "127.0.0.0/8");
            Path settings = Files.createDirectories(folder.resolve("settings"));
            for (String name : List.of("access.properties", "rules.json")) {
                String text = Files.readString(ROOT.resolve("deploy/compose").resolve(name));
                Files.writeString(settings.resolve(name), value(text));
            }
            replaced.put("/etc/deformux/", settings + "/");
        }

        String value(String text) {
            // All programs share this machine's ports.
            String here = text.equals("9464") ? "0" : text.equals("0.0.0.0") ? "127.0.0.1" : text;
            for (Map.Entry<String, String> one : replaced.entrySet()) {
                here = here.replace(one.getKey(), one.getValue());
            }
            return here;
        }
    }

    private Path series() {
        Shape3 shape = new Shape3(40, 40, 24);
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n % 97 * 10 - 500;
        }
        Path series = folder.resolve("series");
        Affine affine = Affine.of(-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 3, 0);
        new DicomSeriesWriter().write(series, new Volume(new Geometry(shape, affine), voxels), "composed");
        return series;
    }

    private static void assertComposeTakes(List<String> compose, String... options) throws Exception {
        List<String> command = new ArrayList<>(compose);
        command.addAll(List.of(options));
        command.addAll(List.of("config", "--quiet"));
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
