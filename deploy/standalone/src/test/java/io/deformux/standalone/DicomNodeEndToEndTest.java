package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.net.AssociationServer;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.model.ModelStore;
import io.deformux.network.PrecisionChoice;
import io.deformux.node.DicomNode;
import io.deformux.node.DicomNodeConfig;
import io.deformux.node.DicomNodeConfig.GiveBack;
import io.deformux.node.NodeObserver;
import io.deformux.node.Peer;
import io.deformux.node.PeerList;
import io.deformux.schemas.Topics;
import io.deformux.standalone.demo.Phantom;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.storage.AccessPolicy;
import io.deformux.testing.Programs;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.volume.Shape3;
import io.deformux.worker.infer.InferenceWorker;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A modality (dcmtk's storescu) sends a series to a node, and its segmentation comes to a PACS (dcmtk's storescp), without an
 * archive between them. Needs Debian's dcmtk; skipped without it.
 */
@Timeout(300)
class DicomNodeEndToEndTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, kafka -> {
        TopicSetup.create(kafka);
        FeedPublisher.createTopic(kafka);
    });

    @TempDir
    private Path folder;

    @Test
    void whatAModalitySendsComesToThePacsAsASegmentationOfItsStudy() throws Exception {
        assumeTrue(Programs.installed("storescu") && Programs.installed("storescp"), "dcmtk is not installed");
        int port = freePort();
        Path pacs = Files.createDirectories(folder.resolve("pacs"));
        Path series = folder.resolve("series");
        new DicomSeriesWriter()
                .write(
                        series,
                        Phantom.generate(new Shape3(40, 40, 36), new double[] {6, 6, 6}, 1)
                                .volume(),
                        "node" + UUID.randomUUID());
        Process storescp = new ProcessBuilder(
                        "storescp", "-aet", "PACS", "-od", pacs.toString(), Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("storescp.log").toFile())
                .start();
        String title = "E" + UUID.randomUUID().toString().substring(0, 12);
        try (DicomNode node = DicomNode.start(config(title, port), NodeObserver.NONE);
                InferenceWorker worker = worker()) {
            Thread announcing = new Thread(() -> run(node));
            announcing.start();
            Process storescu = new ProcessBuilder(
                            "storescu",
                            "-R",
                            "-aec",
                            title,
                            "+sd",
                            "127.0.0.1",
                            Integer.toString(node.port()),
                            series.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(storescu.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(storescu.waitFor()).as(said).isZero();

            Awaitility.await().atMost(Duration.ofSeconds(200)).until(() -> arrived(pacs) == 2);

            assertThat(worker.isAlive()).isTrue();
            announcing.interrupt();
            announcing.join();
        } finally {
            storescp.destroyForcibly();
        }
        String study = header(series.resolve("0001.dcm")).uid(Tag.STUDY_INSTANCE_UID);
        try (Stream<Path> files = Files.list(pacs)) {
            assertThat(files.map(DicomNodeEndToEndTest::header))
                    .allSatisfy(object ->
                            assertThat(object.uid(Tag.STUDY_INSTANCE_UID)).isEqualTo(study))
                    .anySatisfy(object -> assertThat(object.codes(Tag.MODALITY)).containsExactly("SEG"))
                    .anySatisfy(object -> assertThat(object.codes(Tag.MODALITY)).containsExactly("SR"));
        }
    }

    private DicomNodeConfig config(String title, int pacs) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.json"),
                "{\"rules\": [{\"modality\": \"CT\", \"model\": \"tiny\", \"output\": \""
                        + results().toUri() + "\"}]}");
        Path incoming = folder.resolve("incoming");
        return new DicomNodeConfig(
                KAFKA.connection(),
                false,
                title,
                new AssociationServer.Settings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        4,
                        Duration.ofSeconds(20),
                        Optional.empty()),
                new PeerList(List.of()),
                incoming,
                incoming.toUri(),
                rules,
                Duration.ofSeconds(2),
                Duration.ofDays(1),
                1 << 30,
                Optional.of(new GiveBack(
                        new Peer("PACS", "127.0.0.1", OptionalInt.of(pacs), false),
                        AccessPolicy.files(List.of(results()), List.of(results())),
                        Optional.of(folder.resolve("returning")))));
    }

    private InferenceWorker worker() throws IOException {
        RandomModelFixture.tiny(folder.resolve("models/tiny/1"));
        Path incoming = Files.createDirectories(folder.resolve("incoming"));
        return InferenceWorker.start(new InferenceWorkerConfig(
                KAFKA.connection(),
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "node-" + UUID.randomUUID(), URI.create("/test/worker")),
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(incoming), List.of(results())),
                new SegmentationSettings(
                        folder.resolve("scratch"),
                        1 << 26,
                        "test",
                        EnumSet.of(OutputRole.LABEL_MAP, OutputRole.DICOM_SEG, OutputRole.DICOM_SR),
                        SegKind.BINARY),
                new ComputeSettings("cpu", PrecisionChoice.AUTO, false, true)));
    }

    private Path results() throws IOException {
        return Files.createDirectories(folder.resolve("results"));
    }

    private static void run(DicomNode node) {
        try {
            node.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long arrived(Path pacs) throws IOException {
        try (Stream<Path> files = Files.list(pacs)) {
            return files.count();
        }
    }

    private static DataSet header(Path file) {
        try (DicomFile dicom = DicomFile.open(file, 1 << 30).orElseThrow()) {
            return dicom.header();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
