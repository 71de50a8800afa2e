package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.dicom.seg.SegKind;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.WarningCode;
import io.deformux.model.ModelStore;
import io.deformux.network.PrecisionChoice;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.result.SourceName;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One outcome, one file set: whatever happens to a job, its outputs are those of one run of it, and are said once. */
class RepeatedJobTest {
    private static final ComputeSettings FP32 = new ComputeSettings("cpu", PrecisionChoice.FP32, false, false);
    private static final Set<OutputRole> ALL = EnumSet.allOf(OutputRole.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path input;
    private Path output;
    private int windows;
    private Instant asked = Instant.parse("2026-03-01T12:00:00Z");

    @BeforeEach
    void makeInputs() throws IOException {
        TinyModel.in(folder.resolve("models"), "1");
        input = Scans.dicom(Files.createDirectories(folder.resolve("series")), "repeated");
        output = Files.createDirectories(folder.resolve("out"));
    }

    @Test
    void theSameJobAgainIsAnsweredAsBeforeWithoutComputing() throws IOException {
        SegmentationCompleted first = run(ALL, FP32, count());
        List<Object> stored = stored();
        assertThat(windows).isPositive();
        windows = 0;

        SegmentationCompleted again = run(ALL, FP32, count());

        assertThat(windows).isZero();
        assertThat(again).isEqualTo(first);
        assertThat(again.identity()).isEqualTo(first.identity());
        assertThat(stored()).isEqualTo(stored);
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void otherSettingsAreComputedAnew() {
        SegmentationCompleted first = run(ALL, FP32, count());
        windows = 0;
        SegmentationCompleted fewer = run(Set.of(OutputRole.LABEL_MAP), FP32, count());
        assertThat(windows).isPositive();
        assertThat(fewer.outputs()).hasSize(1);
        assertThat(fewer.identity()).isNotEqualTo(first.identity());
        assertThat(first.outputs())
                .as("what was named before stays as it was named")
                .allSatisfy(file -> assertThat(Path.of(file.uri())).hasDigest("SHA-256", file.sha256()));
        windows = 0;
        run(Set.of(OutputRole.LABEL_MAP), new ComputeSettings("cpu", PrecisionChoice.FP32, true, false), count());
        assertThat(windows).isPositive();
    }

    @Test
    void anOutputThatIsGoneOrChangedIsMadeAgain() throws IOException {
        SegmentationCompleted first = run(ALL, FP32, count());
        asked = asked.plusSeconds(86_400); // what is made again has the date of the first time
        for (OutputFile file : first.outputs()) {
            windows = 0;
            Files.delete(Path.of(file.uri()));
            assertThat(run(ALL, FP32, count()).outputs()).isEqualTo(first.outputs());
            assertThat(windows).as(file.role()).isPositive();
        }
        Path labels = Path.of(first.outputs().get(0).uri());
        byte[] bytes = Files.readAllBytes(labels);
        bytes[bytes.length / 2] ^= 1;
        Files.write(labels, bytes);
        windows = 0;
        assertThat(run(ALL, FP32, count()).outputs()).isEqualTo(first.outputs());
        assertThat(windows).isPositive();
    }

    @Test
    void theEventSaysWhichSegmentALabelIs() {
        SegmentationCompleted told = run(ALL, FP32, count());

        int[] next = {1};
        assertThat(told.labels()).isNotEmpty().allSatisfy(label -> assertThat(label.segmentNumber())
                .isEqualTo(label.voxels() > 0 ? Optional.of(next[0]++) : Optional.empty()));
        assertThat(run(Set.of(OutputRole.LABEL_MAP), FP32, count()).labels())
                .as("without a segmentation there are no segments")
                .allSatisfy(label -> assertThat(label.segmentNumber()).isEmpty());
    }

    @Test
    void theManifestTellsTheSourcesNameToThoseWhoKnowItAndToNobodyElse() throws IOException {
        SegmentationCompleted first = run(Set.of(OutputRole.LABEL_MAP), FP32, count());
        String manifest = Files.readString(
                Path.of(first.outputs().get(0).uri()).getParent().resolveSibling("manifest.json"));
        assertThat(manifest)
                .contains(SourceName.digest("series", first.inputSha256()))
                .doesNotContain("series");
        assertThat(SourceName.of(URI.create("s3://bucket/scans/c0_0000.nii.gz")))
                .isEqualTo("c0_0000");
        assertThat(SourceName.of(input.toUri())).isEqualTo("series");
    }

    @Test
    void aManifestThatCannotBeUsedIsMadeAgain() throws IOException {
        SegmentationCompleted first = run(ALL, FP32, count());
        Path manifest = Path.of(first.outputs().get(0).uri()).getParent().resolveSibling("manifest.json");
        String right = Files.readString(manifest);
        List<String> wrong = List.of(
                "",
                "{}",
                "[",
                right.substring(0, right.length() / 2),
                right.replace("\"inputSha256\" : \"", "\"inputSha256\" : \"x"),
                right.replace(first.inputSha256(), "0".repeat(64)),
                right.replaceAll("\"uri\" : \"file:[^\"]*/", "\"uri\" : \"file:///no-longer-allowed/"),
                right.replaceAll("\"uri\" : \"file:[^\"]*/", "\"uri\" : \"gone://server/"));
        for (String text : wrong) {
            Files.writeString(manifest, text);
            windows = 0;
            assertThat(run(ALL, FP32, count()).outputs()).isEqualTo(first.outputs());
            assertThat(windows).as(text).isPositive();
        }
    }

    /** As one of a worker of less heap, or of a bad moment. */
    @Test
    void aResultThatLacksFeaturesForWantOfHeapIsMadeAgainAndOneThatCannotHaveThemIsNot() throws IOException {
        SegmentationCompleted first = run(ALL, FP32, count());
        Path manifest = Path.of(first.outputs().get(0).uri()).getParent().resolveSibling("manifest.json");
        ObjectNode right = (ObjectNode) JSON.readTree(manifest.toFile());
        windows = 0;
        JSON.writeValue(manifest.toFile(), warned(right, WarningCode.RADIOMICS_LEFT_OUT));
        assertThat(run(ALL, FP32, count()).warnings().orElseThrow())
                .extracting(ResultWarning::code)
                .contains("RADIOMICS_LEFT_OUT");
        assertThat(windows).isZero();

        JSON.writeValue(manifest.toFile(), warned(right, WarningCode.RADIOMICS_LACK_HEAP));
        SegmentationCompleted whole = run(ALL, FP32, count());
        assertThat(windows).isPositive();
        assertThat(whole.outputs()).isEqualTo(first.outputs());
        assertThat(whole.warnings()).isEqualTo(first.warnings());
        assertThat(manifest).content().doesNotContain("RADIOMICS_LACK_HEAP");
    }

    private static ObjectNode warned(ObjectNode manifest, WarningCode code) {
        ObjectNode changed = manifest.deepCopy();
        ((ObjectNode) changed.path("completed"))
                .withArray("warnings")
                .addObject()
                .put("code", code.name())
                .put("message", "labels whose radiomics features were not computed");
        return changed;
    }

    @Test
    void aJobThatIsLostAtAnyStepLeavesNoManifestAndNothingUnfinished() throws IOException {
        int steps = 0;
        boolean done = false;
        while (!done) {
            assertThat(stored()).as("manifests after %d steps", steps).noneMatch(each -> each.toString()
                    .contains("manifest"));
            try {
                run(ALL, FP32, losing(steps));
                done = true;
            } catch (JobException e) {
                assertThat(e.code()).isEqualTo(FailureCode.JOB_CANCELLED);
            }
            assertThat(names()).allSatisfy(name -> assertThat(name).doesNotStartWith("."));
            assertThat(folder.resolve("scratch")).isEmptyDirectory();
            steps++;
        }
        assertThat(steps)
                .as("each output is written, staged and published")
                .isGreaterThan(3 * OutputRole.values().length);
        assertThat(names())
                .contains("labels.nii.gz", "segmentation.dcm", "measurements.json", "preview.png", "manifest.json");
    }

    @Test
    void theDicomSegmentationIsPublishedWhenAllElseIsStored() {
        List<List<String>> seen = new ArrayList<>();
        run(ALL, FP32, new JobWatch() {
            @Override
            public void requireOwned() {
                seen.add(names());
            }

            @Override
            public void windowsDone(int done, int total) {
                // Not of interest.
            }
        });
        assertThat(seen)
                .filteredOn(names -> names.contains("segmentation.dcm"))
                .isNotEmpty()
                .allSatisfy(names -> assertThat(names).contains("labels.nii.gz", "measurements.json", "preview.png"));
    }

    @Test
    void aCorrectedScanUnderTheSameJobIdHasAPlaceAndAnIdentityOfItsOwn() throws IOException {
        SegmentationCompleted first = run(ALL, FP32, count());
        try (Stream<Path> slices = Files.list(input)) {
            Files.delete(slices.sorted().findFirst().orElseThrow());
        }
        SegmentationCompleted corrected = run(ALL, FP32, count());

        assertThat(corrected.identity()).isNotEqualTo(first.identity());
        assertThat(first.outputs())
                .allSatisfy(file -> assertThat(Path.of(file.uri())).hasDigest("SHA-256", file.sha256()));
        assertThat(corrected.outputs())
                .allSatisfy(file -> assertThat(Path.of(file.uri())).hasDigest("SHA-256", file.sha256()));
    }

    @Test
    void aScratchFolderThatCannotBeMadeIsToldAsAFaultOfTheDisk() throws IOException {
        Files.writeString(folder.resolve("scratch"), "no folder", StandardCharsets.US_ASCII);
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> run(ALL, FP32, count()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.SCRATCH_UNAVAILABLE))
                .withMessageContaining("scratch");
    }

    private SegmentationCompleted run(Set<OutputRole> outputs, ComputeSettings compute, JobWatch watch) {
        ScanArrived job = new ScanArrived(
                "job-1",
                new InputReference(input.toUri(), Kind.DICOM, Optional.empty()),
                new ModelReference(TinyModel.NAME, Optional.empty()),
                output.toUri());
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(input), List.of(output)),
                new SegmentationSettings(folder.resolve("scratch"), 1 << 22, "1.0", outputs, SegKind.BINARY),
                compute)) {
            try (PreparedJob prepared = runtime.job().prepare(job)) {
                return runtime.job().run(prepared, watch);
            }
        }
    }

    private JobWatch count() {
        return new JobWatch() {
            @Override
            public Instant asked() {
                return asked;
            }

            @Override
            public void requireOwned() {
                // It is.
            }

            @Override
            public void windowsDone(int done, int total) {
                windows++;
            }
        };
    }

    /** Loses the job at the step after {@code steps} others. */
    private static JobWatch losing(int steps) {
        return new JobWatch() {
            private int left = steps;

            @Override
            public void requireOwned() {
                if (left-- == 0) {
                    throw new JobException(FailureCode.JOB_CANCELLED, "lost");
                }
            }

            @Override
            public void windowsDone(int done, int total) {
                // One step is enough.
            }
        };
    }

    private List<String> names() {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(path -> !path.equals(output))
                    .filter(path -> path.getFileName().toString().startsWith(".") || Files.isRegularFile(path))
                    .filter(path -> !path.getParent().getFileName().toString().startsWith("."))
                    .map(path -> path.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files and when they were written. */
    private List<Object> stored() throws IOException {
        List<Object> stored = new ArrayList<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path each : files.sorted().toList()) {
                stored.add(each);
                stored.add(Files.getLastModifiedTime(each));
            }
        }
        return stored;
    }
}
