package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.uxnet.UxNet;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Preset;
import io.deformux.transform.ZScore;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs of a model that sees two images of a scan. */
class SeveralChannelsTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeInputs() throws IOException {
        Preset preset = new Preset(
                "own",
                List.of(),
                List.of(new ImageChannel("T1", new ZScore()), new ImageChannel("T2", new ZScore())),
                List.of("background", "one", "two"));
        NetworkConfig network = UxNet.ARCHITECTURE.configured(
                2,
                3,
                NetworkSettings.NONE
                        .with("featureSizes", List.of(4, 8, 8, 8))
                        .with("hidden", 16)
                        .with("depths", List.of(1, 1, 1, 1)));
        Path archive = folder.resolve("model.pt");
        TorchScriptArchive.write(archive, network.program(), network.modules().randomWeights(7), Precision.FP32);
        ModelPackage.write(
                folder.resolve("model"),
                new ModelManifest(
                        new ModelId("two", "1"),
                        preset,
                        network,
                        new WindowDefaults(List.of(32, 32, 32), 0.25, "constant"),
                        Precision.FP32,
                        List.of(Member.of("model.pt", archive, OptionalInt.empty())),
                        JsonNodeFactory.instance.objectNode()),
                List.of(archive));
        write("t1", scan(36, 1, 5));
        write("t2", scan(36, 1, 11));
        write("t2-finer", scan(72, 0.5, 11));
        write(
                "elsewhere",
                new Volume(
                        new Geometry(new Shape3(36, 36, 36), Affine.of(1, 0, 0, 900, 0, 1, 0, 0, 0, 0, 1, 0)),
                        scan(36, 1, 3).voxels()));
        new DicomSeriesWriter().write(folder.resolve("series"), scan(36, 1, 5), "job");
    }

    private static void write(String name, Volume scan) {
        new NiftiWriter().write(scan, folder.resolve(name + ".nii.gz"));
    }

    /** A cube of n³ voxels. */
    private static Volume scan(int n, double spacing, int pattern) {
        Geometry geometry = new Geometry(new Shape3(n, n, n), Affine.scaling(spacing, spacing, spacing));
        float[] voxels = new float[geometry.shape().length()];
        for (int v = 0; v < voxels.length; v++) {
            int i = v / (n * n) * 36 / n;
            int j = v / n % n * 36 / n;
            int k = v % n * 36 / n;
            voxels[v] = (i * pattern + j * (pattern + 2) + k * 3) % 17;
        }
        return new Volume(geometry, voxels);
    }

    private static SegmentationCompleted run(String input, Map<String, String> others, String output)
            throws IOException {
        Path target = Files.createDirectories(folder.resolve(output));
        SegmentationSettings settings = new SegmentationSettings(
                folder.resolve("scratch"), 1 << 20, "0.1.0", EnumSet.allOf(OutputRole.class), SegKind.BINARY);
        ScanArrived job = new ScanArrived(
                "job-1",
                reference(input),
                new ModelReference("two", Optional.empty()),
                target.toUri(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                others.isEmpty()
                        ? Optional.empty()
                        : Optional.of(others.entrySet().stream()
                                .map(other -> new ChannelReference(other.getKey(), reference(other.getValue())))
                                .toList()));
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(folder.resolve("model")),
                AccessPolicy.files(List.of(folder), List.of(folder)),
                settings,
                ComputeSettings.on("cpu"))) {
            return runtime.job().run(job, (done, total) -> {});
        }
    }

    private static InputReference reference(String name) {
        Path path = folder.resolve(name);
        InputReference.Kind kind = Files.isDirectory(path) ? InputReference.Kind.DICOM : InputReference.Kind.NIFTI;
        return new InputReference(path.toUri(), kind, Optional.empty());
    }

    private static String labels(SegmentationCompleted completed) {
        return completed.outputs().stream()
                .filter(output -> output.role().equals(OutputRole.LABEL_MAP.wireName()))
                .map(OutputFile::sha256)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bothImagesDecideTheLabels() throws IOException {
        SegmentationCompleted both = run("t1.nii.gz", Map.of("T2", "t2.nii.gz"), "both");
        SegmentationCompleted other = run("t1.nii.gz", Map.of("T2", "t1.nii.gz"), "other");
        assertThat(labels(both)).isNotEqualTo(labels(other));
        assertThat(both.inputSha256()).isNotEqualTo(other.inputSha256());
        assertThat(both.warnings().orElseThrow())
                .extracting(ResultWarning::code)
                .doesNotContain("CHANNEL_RESAMPLED");
        assertThat(run("t1.nii.gz", Map.of("T2", "t2.nii.gz"), "both")).isEqualTo(both);
    }

    @Test
    void theOtherImageIsResampledAndTheSegmentationIsOfTheFirstOnesSeries() throws IOException {
        SegmentationCompleted completed = run("series", Map.of("T2", "t2-finer.nii.gz"), "finer");
        assertThat(completed.grid().shape()).containsExactly(36, 36, 36);
        assertThat(completed.warnings().orElseThrow())
                .extracting(ResultWarning::code)
                .contains("CHANNEL_RESAMPLED");
        assertThat(completed.outputs())
                .extracting(OutputFile::role)
                .contains(OutputRole.DICOM_SEG.wireName(), OutputRole.LABEL_MAP.wireName());
    }

    @Test
    void whatIsMissingOrElsewhereFailsTheJobAndLeavesNothing() throws IOException {
        JobException missing = catchThrowableOfType(JobException.class, () -> run("t1.nii.gz", Map.of(), "missing"));
        assertThat(missing.code()).isEqualTo(FailureCode.INPUT_CHANNELS_MISMATCH);
        JobException apart = catchThrowableOfType(
                JobException.class, () -> run("t1.nii.gz", Map.of("T2", "elsewhere.nii.gz"), "apart"));
        assertThat(apart.code()).isEqualTo(FailureCode.INPUT_CHANNELS_APART);
        JobException notThere = catchThrowableOfType(
                JobException.class, () -> run("t1.nii.gz", Map.of("T2", "nothing.nii.gz"), "nothing"));
        assertThat(notThere.code()).isEqualTo(FailureCode.INPUT_NOT_FOUND);
        try (var left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }
}
