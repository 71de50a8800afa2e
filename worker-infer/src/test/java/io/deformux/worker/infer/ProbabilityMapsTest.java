package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.dicom.seg.SegKind;
import io.deformux.model.ModelStore;
import io.deformux.network.PrecisionChoice;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Preset;
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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job stores of how sure the network was. */
class ProbabilityMapsTest {
    private static final Affine UPRIGHT = Affine.of(-1, 0, 0, 20, 0, 1.5, 0, -9, 0, 0, 2, 5);
    /** Its columns are not at right angles. */
    private static final Affine SHEARED = Affine.of(-1, 0.3, 0, 20, 0, 1.5, 0.1, -9, 0, 0, 2, 5);

    @TempDir
    private Path folder;

    private Path output;
    private final AtomicInteger windows = new AtomicInteger();

    @BeforeEach
    void makeModel() throws IOException {
        Preset preset = new Preset(
                "own", List.of(1.2, 1.2, 1.2), new IntensityWindow(-100, 300), List.of("background", "one", "two"));
        TinyModel.in(folder.resolve("models"), "1", preset, 32);
        output = Files.createDirectories(folder.resolve("out"));
    }

    private Path scan(Affine affine) {
        Geometry geometry = new Geometry(new Shape3(40, 30, 22), affine);
        float[] voxels = new float[geometry.shape().length()];
        Random random = new Random(4);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n % 40 < 4 ? -1000 : random.nextInt(400) - 100;
        }
        Path file = folder.resolve("scan.nii.gz");
        new NiftiWriter().write(new Volume(geometry, voxels), file);
        return file;
    }

    private SegmentationCompleted run(Path scan, ProbabilityGrid grid, ProbabilityType type) {
        ScanArrived job = new ScanArrived(
                "job-1",
                new InputReference(scan.toUri(), Kind.NIFTI, Optional.empty()),
                new ModelReference(TinyModel.NAME, Optional.empty()),
                output.toUri(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OutputChoice(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(grid),
                        Optional.of(type),
                        Optional.empty(),
                        Optional.empty())),
                Optional.empty());
        SegmentationSettings settings = new SegmentationSettings(
                folder.resolve("scratch"),
                1 << 22,
                "1.0",
                EnumSet.of(OutputRole.LABEL_MAP, OutputRole.MEASUREMENTS, OutputRole.PROBABILITIES, OutputRole.ENTROPY),
                SegKind.BINARY);
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(folder), List.of(output)),
                settings,
                new ComputeSettings("cpu", PrecisionChoice.FP32, false, false))) {
            return runtime.job().run(job, (done, total) -> windows.incrementAndGet());
        }
    }

    private static Volume map(SegmentationCompleted result, String role, String ofClass) {
        OutputFile file = result.outputs().stream()
                .filter(one -> one.role().equals(role))
                .filter(one -> ofClass.isEmpty() || one.className().equals(Optional.of(ofClass)))
                .findFirst()
                .orElseThrow();
        return new NiftiReader(1 << 22).read(Path.of(file.uri()));
    }

    @Test
    void aVoxelHasTheLabelThatIsTheLikeliestThere() {
        for (Affine affine : List.of(UPRIGHT, SHEARED)) {
            SegmentationCompleted result = run(scan(affine), ProbabilityGrid.SCAN, ProbabilityType.UINT16);
            Volume one = map(result, "probabilities", "one");
            Volume two = map(result, "probabilities", "two");
            float[] labels = map(result, "label-map", "").voxels();

            assertThat(one.geometry().shape()).isEqualTo(new Shape3(40, 30, 22));
            int[] found = new int[3];
            for (int n = 0; n < labels.length; n++) {
                float a = one.voxels()[n];
                float b = two.voxels()[n];
                int label = (int) labels[n];
                found[label]++;
                // At the edge of what the network saw all three are less, so 1 - a - b is more than the background
                // there.
                float likeliest = label == 0 ? 1 - a - b : label == 1 ? a : b;
                assertThat(likeliest).as("voxel %d", n).isGreaterThan(Math.max(a, b) - 1e-4f);
            }
            assertThat(found[1] + found[2]).isPositive();
        }
    }

    @Test
    void onTheNetworksGridTheMeansAreThoseThatTheResultSays() throws IOException {
        SegmentationCompleted result = run(scan(UPRIGHT), ProbabilityGrid.NETWORK, ProbabilityType.UINT16);
        Volume one = map(result, "probabilities", "one");
        Volume two = map(result, "probabilities", "two");
        Volume entropy = map(result, "entropy", "");
        for (double step : one.geometry().affine().spacing()) {
            assertThat(step).isCloseTo(1.2, within(0.03));
        }
        for (LabelVolume label : result.labels()) {
            double confidence = 0;
            double doubt = 0;
            int voxels = 0;
            for (int n = 0; n < one.voxels().length; n++) {
                float a = one.voxels()[n];
                float b = two.voxels()[n];
                float here = label.value() == 1 ? a : b;
                if (here > 1 - a - b && here >= Math.max(a, b)) {
                    confidence += here;
                    doubt += entropy.voxels()[n];
                    voxels++;
                }
            }
            assertThat(label.meanConfidence().isPresent()).isEqualTo(voxels > 0);
            if (voxels > 0) {
                assertThat(label.meanConfidence().orElseThrow()).isCloseTo(confidence / voxels, within(1e-3));
                assertThat(label.meanEntropy().orElseThrow()).isCloseTo(doubt / voxels, within(1e-3));
            }
        }
        OutputFile measurements = result.outputs().stream()
                .filter(file -> file.role().equals("measurements"))
                .findFirst()
                .orElseThrow();
        JsonNode labels = new ObjectMapper()
                .readTree(Path.of(measurements.uri()).toFile())
                .path("labels");
        for (int n = 0; n < 2; n++) {
            LabelVolume label = result.labels().get(n);
            assertThat(labels.get(n).has("meanConfidence"))
                    .isEqualTo(label.meanConfidence().isPresent());
            assertThat(labels.get(n).path("meanConfidence").asDouble())
                    .isEqualTo(label.meanConfidence().orElse(0.0));
        }
        assertThat(result.labels()).anyMatch(label -> label.meanConfidence().isPresent());
    }

    @Test
    void aByteIsAsGoodToA255th() {
        Path scan = scan(UPRIGHT);
        float[] fine = map(run(scan, ProbabilityGrid.SCAN, ProbabilityType.UINT16), "entropy", "")
                .voxels();
        float[] coarse = map(run(scan, ProbabilityGrid.SCAN, ProbabilityType.UINT8), "entropy", "")
                .voxels();
        for (int n = 0; n < fine.length; n++) {
            assertThat(coarse[n]).isCloseTo(fine[n], within(0.51f / 255));
        }
    }

    @Test
    void anotherGridOrTypeIsAnotherJob() {
        Path scan = scan(UPRIGHT);
        SegmentationCompleted first = run(scan, ProbabilityGrid.SCAN, ProbabilityType.UINT8);
        windows.set(0);
        assertThat(run(scan, ProbabilityGrid.SCAN, ProbabilityType.UINT8)).isEqualTo(first);
        assertThat(windows).hasValue(0);
        assertThat(run(scan, ProbabilityGrid.NETWORK, ProbabilityType.UINT8)).isNotEqualTo(first);
        assertThat(windows.get()).isPositive();
    }

    @Test
    void nothingStaysInTheScratchFolder() {
        run(scan(UPRIGHT), ProbabilityGrid.SCAN, ProbabilityType.UINT8);
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }
}
