package io.deformux.worker.infer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.parity.Fixtures;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.PassedOverFiles;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.transform.Preset;
import io.deformux.volume.Affine;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.scan.ScanReader;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every input after a bug report through a whole job: the volume that is right, or the refusal that its line says. A table of
 * all of them is printed.
 */
class BugReportCasesTest {
    private static final int MAX_VOXELS = 1 << 24;
    private static final double HALF_A_UNIT = 0.5;
    private static final double TENTHS_OF_MM = 0.3;
    private static final double MM = 0.06;

    /** What is refused, and as what; every other case has a volume. */
    private static final Map<String, String> REFUSED = Map.of(
            "last-slice-cut-short", "INPUT_TRUNCATED",
            "n-metres-unsaid", "NIFTI_HEADER_INVALID",
            "phases-interleaved", "DICOM_ACQUISITIONS_MIXED",
            "same-sop-instance-uid", "DICOM_ATTRIBUTE_INVALID",
            "siemens-mosaic-two", "DICOM_ACQUISITIONS_MIXED");

    /** What the result or the refusal has to say; nothing of this happens in silence. */
    private static final Map<String, String> TOLD = Map.ofEntries(
            entry("frame-of-reference-per-slice", "FRAME_OF_REFERENCE_MIXED"),
            entry("last-slice-cut-short", "file 8 of 8"),
            entry("n-metres-unsaid", "names no unit"),
            entry("object-without-pixels", "no-pixels 1"),
            entry("one-file-twice", "duplicate 1"),
            entry("orientation-jitter-2e-4", "SLICE_ORIENTATIONS_DIFFER"),
            entry("phases-interleaved", "1 (8 images), 2 (8 images)"),
            entry("positions-rounded-tenth-0625", "SLICE_POSITIONS_ROUNDED"),
            entry("same-files-twice", "duplicate 8"),
            entry("same-sop-instance-uid", "SOP Instance UID"),
            entry("scout-in-series-same-acquisition", "other-plane 1"),
            entry("siemens-mosaic-one", "MOSAIC_DIRECTION_ASSUMED"),
            entry("siemens-mosaic-two", "2 Siemens mosaics"));

    @TempDir
    private Path folder;

    private Path cases;

    /** One input of a case; a case can hold the same scan in several containers. */
    private record Input(String name, Path path, Optional<Path> right) {
        Kind kind() {
            return path.toString().endsWith(".nii") ? Kind.NIFTI : Kind.DICOM;
        }
    }

    @Test
    void everyCaseEndsAsItsLineSays() throws IOException {
        cases = Fixtures.bugReport("imaging");
        TinyModel.in(folder.resolve("models"), "1", Preset.AMOS, 32);
        List<Input> inputs = inputs();
        assertThat(inputs.stream().map(Input::name))
                .containsAll(REFUSED.keySet())
                .containsAll(TOLD.keySet());
        List<String> table = new ArrayList<>();
        SoftAssertions right = new SoftAssertions();
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(cases), List.of(folder)),
                new SegmentationSettings(
                        folder.resolve("scratch"), MAX_VOXELS, "0.1.0", Set.of(OutputRole.LABEL_MAP), SegKind.BINARY),
                ComputeSettings.on("cpu"))) {
            for (Input input : inputs) {
                check(input, runtime.job(), table, right);
            }
        }
        System.out.println(
                table.stream().collect(Collectors.joining("\n", "| case | outcome | warnings |\n|---|---|---|\n", "")));
        right.assertAll();
    }

    private void check(Input input, SegmentationJob job, List<String> table, SoftAssertions right) throws IOException {
        String expected = REFUSED.getOrDefault(input.name(), "completed");
        String outcome = "completed";
        String told = "";
        try {
            Path output = Files.createDirectories(folder.resolve("out").resolve(Integer.toString(table.size())));
            SegmentationCompleted completed = job.run(
                    new ScanArrived(
                            "case",
                            new InputReference(input.path().toUri(), input.kind(), Optional.empty()),
                            new ModelReference(TinyModel.NAME, Optional.empty()),
                            output.toUri()),
                    (done, total) -> {});
            told = told(completed);
            if (expected.equals("completed")) {
                compare(
                                input,
                                new NiftiReader(MAX_VOXELS)
                                        .readLabels(Path.of(
                                                completed.outputs().get(0).uri()))
                                        .geometry()
                                        .shape())
                        .forEach(
                                wrong -> right.fail(input.path().getFileName() + " of " + input.name() + ": " + wrong));
            }
        } catch (StageFailure e) {
            outcome = e.code().name();
            told = e.getMessage();
        }
        table.add("| " + input.name() + " " + input.path().getFileName() + " | " + outcome + " | " + told + " |");
        right.assertThat(outcome).as(input.name() + ": " + told).isEqualTo(expected);
        right.assertThat(told).as(input.name()).contains(TOLD.getOrDefault(input.name(), ""));
    }

    private static String told(SegmentationCompleted completed) {
        return Stream.concat(
                        completed.warnings().orElse(List.of()).stream().map(ResultWarning::code),
                        completed.input().stream()
                                .flatMap(summary -> summary.passedOver().stream())
                                .map(BugReportCasesTest::told))
                .collect(Collectors.joining(", "));
    }

    private static String told(PassedOverFiles files) {
        return files.reason() + " " + files.count();
    }

    private List<Input> inputs() throws IOException {
        List<Input> inputs = new ArrayList<>();
        for (Path folderOfCase : list(cases)) {
            if (Files.isDirectory(folderOfCase)) {
                Path volume = folderOfCase.resolve("right.nii.gz");
                for (Path file : list(folderOfCase)) {
                    String name = file.getFileName().toString();
                    if (!name.equals("README.md") && !file.equals(volume)) {
                        inputs.add(new Input(
                                folderOfCase.getFileName().toString(),
                                file,
                                Optional.of(volume).filter(Files::exists)));
                    }
                }
            }
        }
        return inputs;
    }

    private static List<Path> list(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.sorted().toList();
        }
    }

    /** What is wrong with the volume that the job read, and with the shape of its labels. */
    private List<String> compare(Input input, Shape3 labels) {
        Volume ours = read(input);
        List<String> wrong = new ArrayList<>();
        if (!labels.equals(ours.geometry().shape())) {
            wrong.add("labels of " + labels);
        }
        input.right()
                .map(file -> new NiftiReader(MAX_VOXELS).read(file))
                .flatMap(right -> firstDifference(right, ours, input.name().contains("rounded") ? TENTHS_OF_MM : MM))
                .ifPresent(wrong::add);
        return wrong;
    }

    private Volume read(Input input) {
        InputReference reference = new InputReference(input.path().toUri(), input.kind(), Optional.empty());
        try (Scratch scratch = Scratch.in(folder.resolve("scratch"))) {
            StorageRouter storage =
                    new StorageRouter(List.of(new FileStorage(AccessPolicy.files(List.of(cases), List.of()))));
            return new ScanReader(
                            ScanReader.volumeFiles(MAX_VOXELS),
                            new DicomSeriesReader(DicomLimits.defaults()),
                            UnevenSlices.REFUSE)
                    .read(
                            storage.fetch(reference.uri(), Optional.empty(), scratch)
                                    .path(),
                            reference)
                    .volume();
        }
    }

    private static Optional<String> firstDifference(Volume right, Volume ours, double tolerance) {
        if (right.voxels().length != ours.voxels().length) {
            return Optional.of("another number of voxels");
        }
        Shape3 shape = right.geometry().shape();
        Affine toOurs =
                ours.geometry().affine().inverse().times(right.geometry().affine());
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    double[] at = toOurs.apply(i, j, k);
                    int[] voxel = {(int) Math.round(at[0]), (int) Math.round(at[1]), (int) Math.round(at[2])};
                    double[] expected = right.geometry().affine().apply(i, j, k);
                    double[] actual = ours.geometry().affine().apply(voxel[0], voxel[1], voxel[2]);
                    double off = Math.hypot(
                            expected[0] - actual[0], Math.hypot(expected[1] - actual[1], expected[2] - actual[2]));
                    if (off > tolerance
                            || Math.abs(right.at(i, j, k) - ours.at(voxel[0], voxel[1], voxel[2])) > HALF_A_UNIT) {
                        return Optional.of("voxel " + i + " " + j + " " + k + " differs or lies " + off + " mm off");
                    }
                }
            }
        }
        return Optional.empty();
    }
}
