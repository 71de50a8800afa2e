package io.deformux.messaging.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.rerun.Rerun.Fate;
import io.deformux.messaging.rerun.RerunTarget.DicomPlace;
import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.Grid;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.WantedRole;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RerunPlanTest {
    private static final String SCAN = "a".repeat(64);
    private static final Optional<OutputChoice> NOTHING = Optional.empty();
    private static final Optional<OutputChoice> LIVER =
            Optional.of(OutputChoice.of(Optional.of(List.of("liver")), Optional.empty()));
    private static final Optional<OutputChoice> SPLEEN =
            Optional.of(OutputChoice.of(Optional.of(List.of("spleen")), Optional.empty()));

    private static final Optional<List<WantedRole>> ROLES = Optional.of(List.of(WantedRole.MESH));
    private static final URI PACS = URI.create("dicomweb://pacs/dicom-web/studies");

    private int clock;

    @Test
    void aScanThatWasDoneWithOtherWishesIsNotDone() {
        RerunPlan plan = plan("amos", "2", false);
        request(plan, "old", "amos", NOTHING);
        result(plan, "old", "amos", "1");
        request(plan, "of liver", "amos", LIVER);
        result(plan, "of liver", "amos", "2");

        Rerun rerun = plan.reruns().get(0);

        assertThat(rerun.fate()).isEqualTo(Fate.TO_SEND);
        assertThat(rerun.of()).isEqualTo("old");
        request(plan, "whole", "amos", NOTHING);
        result(plan, "whole", "amos", "2");
        assertThat(plan.reruns()).extracting(Rerun::fate).containsExactly(Fate.DONE_BEFORE);
    }

    @Test
    void aDoneJobWhoseRequestIsForgottenCounts() {
        RerunPlan plan = plan("amos", "2", false);
        request(plan, "old", "amos", LIVER);
        result(plan, "old", "amos", "1");
        result(plan, "forgotten", "amos", "2");

        assertThat(plan.reruns()).extracting(Rerun::fate).containsExactly(Fate.DONE_BEFORE);
    }

    @Test
    void otherWishesAreAnotherJobAndNoneIsTheSameAsEver() {
        assertThat(List.of(idOf(NOTHING), idOf(LIVER), idOf(SPLEEN))).doesNotHaveDuplicates();
        assertThat(idOf(Optional.of(OutputChoice.NONE))).isEqualTo(idOf(NOTHING));
        assertThat(idOf(LIVER)).isEqualTo(idOf(LIVER));
    }

    private String idOf(Optional<OutputChoice> outputs) {
        RerunPlan plan = plan("amos", "2", false);
        request(plan, "old", "amos", outputs);
        result(plan, "old", "amos", "1");
        return plan.reruns().get(0).jobId();
    }

    @Test
    void theNewestJobOfAScanIsRunAgainAndOfItsRequestsTheNewest() {
        RerunPlan plan = plan("next", "1", false);
        result(plan, "first", "amos", "1");
        result(plan, "second", "amos", "1");
        result(plan, "unknown", "amos", "1");
        request(plan, "first", "amos", NOTHING, Optional.empty(), "/first", 1);
        request(plan, "second", "amos", NOTHING, Optional.empty(), "/newer", 3);
        request(plan, "second", "amos", NOTHING, Optional.empty(), "/older", 2);

        assertThat(plan.reruns()).singleElement().satisfies(rerun -> {
            assertThat(rerun.of()).isEqualTo("second");
            assertThat(rerun.request().orElseThrow().input().uri()).hasPath("/newer");
        });
    }

    @Test
    void otherImagesGoToTheSameModelAndToAnotherOnlyIfThatSeesThem() {
        assertThat(channels("amos", false)).isPresent();
        assertThat(channels("other", false)).isEmpty();
        assertThat(channels("other", true)).isPresent();
    }

    @Test
    void dicomObjectsGoToThePacsAsBeforeUnlessSomebodySaysOtherwise() {
        assertThat(dicomOutput(new DicomPlace.AsBefore())).contains(PACS);
        assertThat(dicomOutput(new DicomPlace.To(URI.create("file:///dicom/")))).contains(URI.create("file:///dicom/"));
        assertThat(dicomOutput(new DicomPlace.WithTheOthers())).isEmpty();
    }

    /** Of a job that went to a PACS, where the other outputs are to go to another folder. */
    private static Optional<URI> dicomOutput(DicomPlace place) {
        RerunPlan plan = plan(new RerunTarget(
                "amos", "2", Optional.of(URI.create("file:///again/")), place, Optional.empty(), false));
        plan.take(
                new ScanArrived(
                        "old",
                        input("/in"),
                        new ModelReference("amos", Optional.empty()),
                        URI.create("file:///out/"),
                        Optional.of(PACS),
                        Optional.empty(),
                        Optional.empty()),
                Instant.EPOCH);
        plan.take(completed("old", "amos", "1"), Instant.EPOCH);
        return plan.reruns().get(0).request().orElseThrow().dicomOutput();
    }

    @Test
    void anotherModelIsAskedForTheSameFilesAndNotForClassesThatItMayNotHave() {
        Optional<OutputChoice> asked = LIVER.map(liver -> liver.withRoles(ROLES));
        assertThat(asked("amos", asked)).isEqualTo(asked);
        assertThat(asked("other", asked)).contains(OutputChoice.NONE.withRoles(ROLES));
        assertThat(List.of(idOf(LIVER), idOf(asked))).doesNotHaveDuplicates();
    }

    private Optional<OutputChoice> asked(String model, Optional<OutputChoice> before) {
        RerunPlan plan = plan(model, "2", false);
        request(plan, "old", "amos", before);
        result(plan, "old", "amos", "1");
        return plan.reruns().get(0).request().orElseThrow().outputs();
    }

    private Optional<List<ChannelReference>> channels(String model, boolean along) {
        RerunPlan plan = plan(model, "2", along);
        Optional<List<ChannelReference>> others = Optional.of(List.of(new ChannelReference("T2", input("/t2"))));
        request(plan, "old", "amos", NOTHING, others, "/t1", 1);
        result(plan, "old", "amos", "1");
        return plan.reruns().get(0).request().orElseThrow().otherChannels();
    }

    private static RerunPlan plan(String model, String version, boolean channels) {
        return plan(new RerunTarget(
                model, version, Optional.empty(), new DicomPlace.AsBefore(), Optional.empty(), channels));
    }

    private static RerunPlan plan(RerunTarget target) {
        return new RerunPlan(
                new RerunFilter(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("1"), Optional.empty()),
                target);
    }

    private void request(RerunPlan plan, String job, String model, Optional<OutputChoice> outputs) {
        request(plan, job, model, outputs, Optional.empty(), "/scans/" + job, clock++);
    }

    private static void request(
            RerunPlan plan,
            String job,
            String model,
            Optional<OutputChoice> outputs,
            Optional<List<ChannelReference>> others,
            String path,
            int time) {
        plan.take(
                new ScanArrived(
                        job,
                        input(path),
                        new ModelReference(model, Optional.empty()),
                        URI.create("file:///out/"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        outputs,
                        others),
                Instant.ofEpochSecond(time));
    }

    private static InputReference input(String path) {
        return new InputReference(
                URI.create("file://" + path.replace(' ', '-')), InputReference.Kind.DICOM, Optional.empty());
    }

    private void result(RerunPlan plan, String job, String model, String version) {
        plan.take(completed(job, model, version), Instant.ofEpochSecond(clock++));
    }

    private static SegmentationCompleted completed(String job, String model, String version) {
        return new SegmentationCompleted(
                job,
                SCAN,
                new ModelVersion(model, version, "0".repeat(64)),
                List.of(new OutputFile(
                        URI.create("file:///out/l"), "application/gzip", 1, "0".repeat(64), "label-map")),
                List.of(),
                new Grid(List.of(20, 20, 5), List.of(1.0, 1.0, 1.0), Collections.nCopies(16, 1.0)),
                Map.of("infer", 1L),
                new RuntimeInfo("cpu", "fp32", "test"));
    }
}
