package io.deformux.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.net.AssociationObserver;
import io.deformux.dicom.net.AssociationPolicy;
import io.deformux.dicom.net.AssociationServer;
import io.deformux.dicom.net.Dcmtk;
import io.deformux.dicom.net.InstanceReceiver;
import io.deformux.dicom.net.KnownPeers;
import io.deformux.dicom.net.OutgoingObject;
import io.deformux.dicom.net.ReceivedInstances;
import io.deformux.dicom.net.StorageUser;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.schemas.Grid;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Digest;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.testing.format.EnhancedCt;
import io.deformux.testing.server.KafkaFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Results on their way back: an Enhanced CT stands for what a worker would have found. */
@Timeout(90)
class ResultReturnTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private static final String OBJECTS = "1.2.840.10008.5.1.4.1.1.2.1";
    private static final String OTHER_OBJECTS = "1.2.840.10008.5.1.4.1.1.4.1";

    @TempDir
    private Path folder;

    private final ReceivedInstances received = new ReceivedInstances(0);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger unsent = new AtomicInteger();
    private final StorageUser user = new StorageUser("DEFORMUX", Duration.ofSeconds(10));
    private OwnJobs jobs;
    private EventPublisher publisher;
    private int port;

    @BeforeEach
    void open() throws IOException {
        jobs = new OwnJobs(Files.createDirectories(folder.resolve("jobs")), true);
        publisher = new EventPublisher(KAFKA.connection(), URI.create("/test/worker"));
        port = Dcmtk.freePort();
    }

    @AfterEach
    void close() {
        publisher.close();
        user.close();
    }

    @Test
    void objectsOfOwnJobsGoBackOnceThePeerIsThereAndNoOthersDo() throws Exception {
        String mine = job();
        String another = job();
        jobs.add(mine);
        OutgoingObject object = publish(mine);
        publish(another);
        publish("ct-0042");

        try (ResultReturn returning = start()) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> failures.get() > 1);
            try (AssociationServer peer = peer()) {
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> sent.get() == 1);
                assertThat(peer.runs()).isTrue();
            }
            assertThat(returning.runs()).isTrue();
        }

        assertThat(received.dataSets()).containsOnlyKeys(object.sopInstance());
        assertThat(jobs.has(mine)).isFalse();
    }

    @Test
    void aJobWhoseResultCameWhileTheNodeWasAwayIsNotLost() throws Exception {
        String mine = job();
        jobs.add(mine);
        publish(mine);
        try (AssociationServer peer = peer()) {
            try (ResultReturn returning = start()) {
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !jobs.has(mine));
                assertThat(returning.runs()).isTrue();
            }
            received.dataSets().clear();
            String next = job();
            jobs.add(next);

            try (ResultReturn again = start()) {
                OutgoingObject object = publish(next);
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !jobs.has(next));

                assertThat(received.dataSets()).containsOnlyKeys(object.sopInstance());
                assertThat(peer.runs() && again.runs()).isTrue();
            }
        }
    }

    @Test
    void anObjectThatThePeerDoesNotTakeHoldsUpNoOther() throws Exception {
        String mine = job();
        jobs.add(mine);
        Path odd = object(mine, "odd", OTHER_OBJECTS);
        Path good = object(mine, "good", OBJECTS);
        publish(mine, output(odd, "dicom-sr"), output(good, "dicom-seg"));

        try (AssociationServer peer = peer();
                ResultReturn returning = start()) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> failures.get() > 1);
            assertThat(peer.runs() && returning.runs()).isTrue();
        }

        assertThat(received.dataSets()).containsOnlyKeys(OutgoingObject.of(good).sopInstance());
        assertThat(jobs.has(mine)).isTrue();
        assertThat(unsent).hasValue(1);
    }

    @Test
    void anObjectThatBreaksTheAssociationOrIsGoneHoldsUpNoOther() throws Exception {
        String mine = job();
        jobs.add(mine);
        Path breaking = object(mine, "breaking", OBJECTS);
        Path gone = object(mine, "gone", OBJECTS);
        Path good = object(mine, "good", OBJECTS);
        publish(mine, output(gone, "dicom-sr"), output(breaking, "dicom-seg"), output(good, "dicom-rtstruct"));
        Files.delete(gone);
        String breaks = OutgoingObject.of(breaking).sopInstance();

        try (AssociationServer peer = peer(() -> new BreakingDelivery(received.open(), breaks));
                ResultReturn returning = start()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> received.dataSets().size() == 1 && failures.get() > 2);
            assertThat(peer.runs() && returning.runs()).isTrue();
        }

        assertThat(received.dataSets()).containsOnlyKeys(OutgoingObject.of(good).sopInstance());
        assertThat(unsent).hasValue(1);
    }

    @Test
    void whatKeepsAnObjectFromThePeerIsSaidWithItsName() throws IOException {
        Path object = object(job(), "one", OBJECTS);

        ObjectSender.Left left = sender().send(List.of(output(object, "dicom-seg")));

        assertThat(left.objects()).hasSize(1);
        assertThat(left.why()).startsWith("PACS at 127.0.0.1:" + port + ": ").doesNotContain("null");
    }

    @Test
    void whatWasAskedForWhileNobodyWasToGetItBackIsNotSent() throws Exception {
        String before = job();
        new OwnJobs(folder.resolve("jobs"), false).add(before);
        publish(before);
        String mine = job();
        jobs.add(mine);
        OutgoingObject object = publish(mine);

        try (AssociationServer peer = peer();
                ResultReturn returning = start()) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !jobs.has(mine));
            assertThat(peer.runs() && returning.runs()).isTrue();
        }

        assertThat(received.dataSets()).containsOnlyKeys(object.sopInstance());
    }

    /** Fails of one instance. */
    private record BreakingDelivery(InstanceReceiver.Delivery others, String breaks)
            implements InstanceReceiver.Delivery {
        @Override
        public InstanceReceiver.Arriving begin(String sopClass, String sopInstance, String transferSyntax) {
            if (sopInstance.equals(breaks)) {
                throw new IllegalStateException("a fault of the peer's");
            }
            return others.begin(sopClass, sopInstance, transferSyntax);
        }

        @Override
        public void close() {
            others.close();
        }
    }

    private ResultReturn start() {
        ResultReturn returning = new ResultReturn(
                jobs,
                () -> new EventReader(
                        KAFKA.connection(), List.of(Topics.SEGMENTATION_RESULT), EventReader.From.EARLIEST),
                sender(),
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1)),
                new NodeObserver() {
                    @Override
                    public void sentBack(boolean well) {
                        (well ? sent : failures).incrementAndGet();
                    }

                    @Override
                    public void unsent(int waiting) {
                        unsent.set(waiting);
                    }
                });
        returning.start();
        return returning;
    }

    private ObjectSender sender() {
        AccessPolicy access = AccessPolicy.files(List.of(folder), List.of(folder));
        return new ObjectSender(
                new StorageRouter(List.of(new FileStorage(access))),
                folder.resolve("scratch"),
                user,
                new StorageUser.Called("PACS", "127.0.0.1", port, Optional.empty()));
    }

    private AssociationServer peer() throws IOException {
        return peer(received);
    }

    private AssociationServer peer(InstanceReceiver receiver) throws IOException {
        return AssociationServer.start(
                new AssociationServer.Settings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        4,
                        Duration.ofSeconds(10),
                        Optional.empty()),
                new AssociationPolicy("PACS", new KnownPeers(""), Map.of(OBJECTS, Set.of("1.2.840.10008.1.2.1"))),
                receiver,
                AssociationObserver.NONE);
    }

    private static String job() {
        return "dicom-" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Publishes the result of a job with one object, which it gives back. */
    private OutgoingObject publish(String jobId) throws IOException {
        Path file = object(jobId, "segmentation", OBJECTS);
        Path labels = Files.writeString(file.resolveSibling("labels.nii.gz"), "labels");
        publish(jobId, output(labels, "label-map"), output(file, "dicom-seg"));
        return OutgoingObject.of(file);
    }

    private void publish(String jobId, OutputFile... outputs) {
        publisher.publish(new SegmentationCompleted(
                jobId,
                "0".repeat(64),
                new ModelVersion("amos", "1", "0".repeat(64)),
                List.of(outputs),
                List.of(),
                new Grid(List.of(20, 20, 5), List.of(1.0, 1.0, 1.0), Collections.nCopies(16, 1.0)),
                Map.of("infer", 1L),
                new RuntimeInfo("cpu", "fp32", "test")));
    }

    /** An object of a class whose UID is as long as that of an Enhanced CT. */
    private Path object(String jobId, String name, String sopClass) throws IOException {
        Path file =
                EnhancedCt.write(folder.resolve("out/" + jobId + "/" + name + ".dcm"), name + jobId, 20, 20, 5, n -> 1);
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        return Files.writeString(file, bytes.replace(OBJECTS, sopClass), StandardCharsets.ISO_8859_1);
    }

    private static OutputFile output(Path file, String role) throws IOException {
        return new OutputFile(file.toUri(), "application/octet-stream", Files.size(file), Digest.of(file), role);
    }
}
