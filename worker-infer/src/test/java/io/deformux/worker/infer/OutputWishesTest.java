package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.seg.SegKind;
import io.deformux.failure.WarningCode;
import io.deformux.model.ModelStore;
import io.deformux.network.PrecisionChoice;
import io.deformux.schemas.DicomSegKind;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ProbabilityType;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.WantedRole;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that asks for outputs that its worker does not store unasked. */
class OutputWishesTest {
    private static final Set<OutputRole> PLAIN = EnumSet.of(OutputRole.LABEL_MAP);
    private static final OutputChoice IN_16_BITS = new OutputChoice(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(ProbabilityType.UINT16),
            Optional.empty(),
            Optional.empty());

    @TempDir
    private static Path folder;

    private static Path series;
    private static int outputs;

    private Path output;
    private int windows;

    @BeforeAll
    static void makeInputs() throws IOException {
        TinyModel.in(folder.resolve("models"), "1");
        series = Scans.dicom(Files.createDirectories(folder.resolve("series")), "wishes");
    }

    @BeforeEach
    void makeOutput() throws IOException {
        output = Files.createDirectories(folder.resolve("out" + outputs++));
    }

    private SegmentationCompleted run(Set<OutputRole> stored, OutputChoice asked) {
        return run(stored, asked, Optional.empty());
    }

    private SegmentationCompleted run(Set<OutputRole> stored, OutputChoice asked, Optional<DicomSegKind> kind) {
        ScanArrived job = new ScanArrived(
                "job-1",
                new InputReference(series.toUri(), Kind.DICOM, Optional.empty()),
                new ModelReference(TinyModel.NAME, Optional.empty()),
                output.toUri(),
                Optional.empty(),
                kind,
                Optional.empty(),
                Optional.of(asked),
                Optional.empty());
        windows = 0;
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(folder), List.of(output)),
                new SegmentationSettings(folder.resolve("scratch"), 1 << 22, "1.0", stored, SegKind.BINARY),
                new ComputeSettings("cpu", PrecisionChoice.FP32, false, false))) {
            return runtime.job().run(job, (done, total) -> windows++);
        }
    }

    private static OutputChoice roles(WantedRole... roles) {
        return OutputChoice.NONE.withRoles(Optional.of(List.of(roles)));
    }

    private static List<String> stored(SegmentationCompleted result) {
        return result.outputs().stream().map(OutputFile::role).distinct().toList();
    }

    private static List<ResultWarning> unmet(SegmentationCompleted result) {
        return result.warnings().orElseThrow().stream()
                .filter(warning -> warning.code().equals(WarningCode.OUTPUT_WISH_UNMET.name()))
                .toList();
    }

    @Test
    void whatAJobAsksForIsStoredBesidesWhatItsWorkerStores() {
        OutputChoice asked = IN_16_BITS.withRoles(
                Optional.of(List.of(WantedRole.CLASS_MASK, WantedRole.PROBABILITIES, WantedRole.ENTROPY)));
        SegmentationCompleted result = run(EnumSet.of(OutputRole.LABEL_MAP, OutputRole.PREVIEW), asked);
        assertThat(stored(result)).containsExactly("label-map", "preview", "class-mask", "probabilities", "entropy");
        assertThat(unmet(result)).isEmpty();
    }

    @Test
    void aReportComesWithTheSegmentationThatItRefersTo() {
        assertThat(stored(run(PLAIN, roles(WantedRole.DICOM_SR))))
                .containsExactly("label-map", "dicom-seg", "dicom-sr");
    }

    @Test
    void whoeverAsksForARoleTheResultIsTheSameAndWithoutItAnother() {
        SegmentationCompleted first = run(PLAIN, roles(WantedRole.MEASUREMENTS));
        assertThat(run(EnumSet.of(OutputRole.LABEL_MAP, OutputRole.MEASUREMENTS), OutputChoice.NONE))
                .isEqualTo(first);
        assertThat(windows).isZero();
        SegmentationCompleted without = run(PLAIN, OutputChoice.NONE);
        assertThat(windows).isPositive();
        assertThat(stored(without)).containsExactly("label-map");
    }

    @Test
    void aWishAboutWhatIsNotStoredIsToldWhereverTheJobCameFirst() {
        assertThat(unmet(run(PLAIN, OutputChoice.NONE))).isEmpty();
        assertThat(unmet(run(PLAIN, IN_16_BITS))).singleElement().satisfies(warning -> assertThat(warning.message())
                .contains("probabilityType")
                .contains("probabilities or entropy"));
        assertThat(unmet(run(PLAIN, OutputChoice.NONE, Optional.of(DicomSegKind.LABELMAP))))
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.message()).contains("dicomSegKind").contains("dicom-seg"));
    }

    @Test
    void everythingThatIsStoredCanBeAskedFor() {
        for (OutputRole role : OutputRole.values()) {
            assertThat(OutputRole.of(role.wanted())).isEqualTo(role);
        }
        assertThat(WantedRole.values()).hasSameSizeAs(OutputRole.values());
    }
}
