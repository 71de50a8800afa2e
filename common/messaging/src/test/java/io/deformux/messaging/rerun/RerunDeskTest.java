package io.deformux.messaging.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.rerun.Rerun.Fate;
import io.deformux.messaging.rerun.RerunTarget.DicomPlace;
import io.deformux.schemas.Grid;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.testing.server.KafkaFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class RerunDeskTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    /** Of this test alone. */
    private final String model = "m" + UUID.randomUUID().toString().substring(0, 8);

    private final RerunTarget target =
            new RerunTarget("next", "2", Optional.empty(), new DicomPlace.AsBefore(), Optional.empty(), false);
    private final RerunDesk desk = new RerunDesk(KAFKA.connection());
    private EventPublisher publisher;

    @BeforeEach
    void open() {
        publisher = new EventPublisher(KAFKA.connection(), URI.create("/test"));
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void aScanIsAskedForOnceHoweverOftenItIsReplayed() {
        arrived("a1");
        completed("a1", scan('a'), 10);
        arrived("a2");
        completed("a2", scan('a'), 10);

        List<Rerun> first = desk.plan(ofThisTest(), target);
        desk.send(first);
        List<Rerun> second = desk.plan(ofThisTest(), target);

        assertThat(first).extracting(Rerun::fate).containsExactly(Fate.TO_SEND);
        assertThat(first.get(0).request()).hasValueSatisfying(request -> {
            assertThat(request.jobId()).isEqualTo(first.get(0).jobId()).startsWith("rerun-");
            assertThat(request.model()).isEqualTo(new ModelReference("next", Optional.of("2")));
            assertThat(request.input().uri()).hasPath("/scans/" + first.get(0).of());
            assertThat(request.output()).isEqualTo(URI.create("file:///out/"));
        });
        assertThat(second)
                .extracting(Rerun::jobId, Rerun::fate)
                .containsExactly(tuple(first.get(0).jobId(), Fate.DONE_BEFORE));
    }

    @Test
    void whatTheModelHasDoneUnderAnyJobIsNotAskedForAgain() {
        arrived("a1");
        completed("a1", scan('b'), 10);
        publisher.publish(result("by-hand" + model, scan('b'), "next", "2", 10));

        assertThat(desk.plan(ofThisTest(), target)).extracting(Rerun::fate).containsExactly(Fate.DONE_BEFORE);
    }

    @Test
    void aJobWhoseRequestIsGoneIsSaidToBe() {
        completed("a1", scan('c'), 10);

        assertThat(desk.plan(ofThisTest(), target)).extracting(Rerun::fate).containsExactly(Fate.REQUEST_GONE);
    }

    @Test
    void resultsAreChosenByTimeModelAndLabel() {
        arrived("a1");
        completed("a1", scan('d'), 0);
        arrived("a2");
        completed("a2", scan('e'), 10);
        Instant now = Instant.now();

        assertThat(planned(filter(Optional.empty(), Optional.empty(), "1", "spleen")))
                .containsExactly(model + "a2");
        assertThat(planned(filter(Optional.of(now.plus(Duration.ofHours(1))), Optional.empty(), "1", "spleen")))
                .isEmpty();
        assertThat(planned(filter(Optional.empty(), Optional.of(now.minus(Duration.ofHours(1))), "1", "spleen")))
                .isEmpty();
        assertThat(planned(filter(Optional.empty(), Optional.empty(), "3", "spleen")))
                .isEmpty();
        assertThat(planned(filter(Optional.empty(), Optional.empty(), "1", "liver")))
                .isEmpty();
    }

    private List<String> planned(RerunFilter filter) {
        return desk.plan(filter, target).stream().map(Rerun::of).toList();
    }

    private RerunFilter filter(Optional<Instant> since, Optional<Instant> until, String version, String label) {
        return new RerunFilter(since, until, Optional.of(model), Optional.of(version), Optional.of(label));
    }

    private RerunFilter ofThisTest() {
        return new RerunFilter(
                Optional.empty(), Optional.empty(), Optional.of(model), Optional.empty(), Optional.empty());
    }

    /** A digest of this test alone. */
    private String scan(char kind) {
        String text = model + kind;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .repeat(2);
    }

    private void arrived(String job) {
        publisher.publish(new ScanArrived(
                model + job,
                new InputReference(
                        URI.create("file:///scans/" + model + job), InputReference.Kind.DICOM, Optional.empty()),
                new ModelReference(model, Optional.empty()),
                URI.create("file:///out/")));
    }

    private void completed(String job, String scan, long voxels) {
        publisher.publish(result(model + job, scan, model, "1", voxels));
    }

    private static SegmentationCompleted result(String job, String scan, String model, String version, long voxels) {
        return new SegmentationCompleted(
                job,
                scan,
                new ModelVersion(model, version, "0".repeat(64)),
                List.of(new OutputFile(
                        URI.create("file:///out/l"), "application/gzip", 1, "0".repeat(64), "label-map")),
                List.of(new LabelVolume(1, "spleen", voxels, voxels)),
                new Grid(List.of(20, 20, 5), List.of(1.0, 1.0, 1.0), Collections.nCopies(16, 1.0)),
                Map.of("infer", 1L),
                new RuntimeInfo("cpu", "fp32", "test"));
    }
}
