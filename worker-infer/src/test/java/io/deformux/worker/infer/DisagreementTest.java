package io.deformux.worker.infer;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.dicom.seg.SegKind;
import io.deformux.model.ModelId;
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
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.LabelRegion;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job says of what the members of an ensemble disagree about, beside what each member says by itself. */
class DisagreementTest {
    private static final Preset CLASSES =
            new Preset("own", List.of(), new IntensityWindow(-100, 300), List.of("background", "one", "two"));
    private static final Preset REGIONS = new Preset(
            "own",
            List.of(),
            List.of(new ImageChannel(ImageChannel.ONLY, new IntensityWindow(-100, 300))),
            List.of("background", "one", "two"),
            List.of(new LabelRegion("whole", 1, List.of(1, 2)), new LabelRegion("core", 2, List.of(2))));
    private static final List<Long> SEEDS = List.of(3L, 11L);
    /** What 65535ths leave of three numbers whose logarithms are taken. */
    private static final double ROUNDED = 1e-3;

    @TempDir
    private Path folder;

    private Path scan;

    @BeforeEach
    void makeScan() {
        Geometry geometry = new Geometry(new Shape3(40, 30, 22), Affine.scaling(1, 1, 1));
        float[] voxels = new float[geometry.shape().length()];
        Random random = new Random(4);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = random.nextInt(400) - 100;
        }
        scan = folder.resolve("scan.nii.gz");
        new NiftiWriter().write(new Volume(geometry, voxels), scan);
    }

    private SegmentationCompleted run(String model, Preset preset, List<Long> seeds) throws IOException {
        TinyModel.ensemble(folder.resolve("models"), new ModelId(model, "1"), preset, 32, seeds);
        Path output = Files.createDirectories(folder.resolve("out"));
        ScanArrived job = new ScanArrived(
                "job-" + model,
                new InputReference(scan.toUri(), Kind.NIFTI, Optional.empty()),
                new ModelReference(model, Optional.empty()),
                output.toUri(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OutputChoice(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ProbabilityGrid.NETWORK),
                        Optional.of(ProbabilityType.UINT16),
                        Optional.empty(),
                        Optional.empty())),
                Optional.empty());
        SegmentationSettings settings = new SegmentationSettings(
                folder.resolve("scratch"),
                1 << 22,
                "1.0",
                EnumSet.of(
                        OutputRole.LABEL_MAP,
                        OutputRole.MEASUREMENTS,
                        OutputRole.PROBABILITIES,
                        OutputRole.ENTROPY,
                        OutputRole.DISAGREEMENT),
                SegKind.BINARY);
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(folder), List.of(output)),
                settings,
                new ComputeSettings("cpu", PrecisionChoice.FP32, false, false))) {
            return runtime.job().run(job, (done, total) -> {});
        }
    }

    private static float[] map(SegmentationCompleted result, String role, String ofClass) {
        OutputFile file = result.outputs().stream()
                .filter(one -> one.role().equals(role))
                .filter(one -> ofClass.isEmpty() || one.className().equals(Optional.of(ofClass)))
                .findFirst()
                .orElseThrow();
        return new NiftiReader(1 << 22).read(Path.of(file.uri())).voxels();
    }

    /** The labels, told from the maps, are those that the means are of. */
    private interface Twin {
        /** The entropy in shares of the largest one, of the probabilities of both classes. */
        double entropy(double one, double two);

        int label(double one, double two);
    }

    private static final Twin OF_CLASSES = new Twin() {
        @Override
        public double entropy(double one, double two) {
            return (nats(one) + nats(two) + nats(1 - one - two)) / Math.log(3);
        }

        @Override
        public int label(double one, double two) {
            return Math.max(one, two) <= 1 - one - two ? 0 : one >= two ? 1 : 2;
        }
    };
    private static final Twin OF_REGIONS = new Twin() {
        @Override
        public double entropy(double one, double two) {
            return (nats(one) + nats(1 - one) + nats(two) + nats(1 - two)) / (2 * Math.log(2));
        }

        @Override
        public int label(double one, double two) {
            return two > 0.5 ? 2 : one > 0.5 ? 1 : 0;
        }
    };

    private static double nats(double p) {
        return p <= 0 ? 0 : -p * Math.log(p);
    }

    @Test
    void isTheEntropyOfTheMeanLessTheMeanOfTheEntropies() throws IOException {
        agrees(CLASSES, OF_CLASSES);
    }

    @Test
    void ofRegionsIsThatOfEachByItself() throws IOException {
        agrees(REGIONS, OF_REGIONS);
    }

    private void agrees(Preset preset, Twin twin) throws IOException {
        SegmentationCompleted both = run("both", preset, SEEDS);
        SegmentationCompleted first = run("first", preset, SEEDS.subList(0, 1));
        SegmentationCompleted second = run("second", preset, SEEDS.subList(1, 2));
        float[] disagreement = map(both, "disagreement", "");
        float[] entropy = map(both, "entropy", "");
        float[][] members = {
            map(first, "probabilities", "one"),
            map(first, "probabilities", "two"),
            map(second, "probabilities", "one"),
            map(second, "probabilities", "two")
        };
        double[] sum = new double[3];
        int[] voxels = new int[3];
        double largest = 0;
        for (int v = 0; v < disagreement.length; v++) {
            double one = (members[0][v] + members[2][v]) / 2;
            double two = (members[1][v] + members[3][v]) / 2;
            double own = (twin.entropy(members[0][v], members[1][v]) + twin.entropy(members[2][v], members[3][v])) / 2;
            assertThat((double) disagreement[v])
                    .as("voxel %d", v)
                    .isCloseTo(twin.entropy(one, two) - own, within(ROUNDED))
                    .isLessThanOrEqualTo(entropy[v] + ROUNDED);
            sum[twin.label(one, two)] += disagreement[v];
            voxels[twin.label(one, two)]++;
            largest = Math.max(largest, disagreement[v]);
        }
        assertThat(largest).as("there is something to be compared").isGreaterThan(20 * ROUNDED);

        JsonNode measured = measurements(both);
        for (LabelVolume label : both.labels()) {
            assertThat(label.meanDisagreement().isPresent()).isEqualTo(voxels[label.value()] > 0);
            if (voxels[label.value()] > 0) {
                assertThat(label.meanDisagreement().orElseThrow())
                        .isCloseTo(sum[label.value()] / voxels[label.value()], within(ROUNDED));
                assertThat(measured.get(label.value() - 1)
                                .path("meanDisagreement")
                                .asDouble())
                        .isEqualTo(label.meanDisagreement().orElseThrow());
            }
        }
        assertThat(both.labels()).anyMatch(label -> label.meanDisagreement().isPresent());
        assertThat(both.warnings().orElse(List.of())).noneMatch(DisagreementTest::saysThatThereIsNone);
    }

    private static JsonNode measurements(SegmentationCompleted result) throws IOException {
        OutputFile file = result.outputs().stream()
                .filter(one -> one.role().equals("measurements"))
                .findFirst()
                .orElseThrow();
        return new ObjectMapper().readTree(Path.of(file.uri()).toFile()).path("labels");
    }

    private static boolean saysThatThereIsNone(ResultWarning warning) {
        return warning.code().equals("DISAGREEMENT_OF_ONE_NETWORK");
    }

    @Test
    void membersThatAreTheSameDisagreeAboutNothing() throws IOException {
        SegmentationCompleted result = run("twins", CLASSES, List.of(5L, 5L));
        float[] nothing = new float[40 * 30 * 22];
        assertThatArray(map(result, "disagreement", "")).isEqualTo(nothing);
        assertThatArray(map(result, "entropy", ""))
                .as("though they are not sure")
                .isNotEqualTo(nothing);
        assertThat(result.labels()).allSatisfy(label -> label.meanDisagreement()
                .ifPresent(mean -> assertThat(mean).isCloseTo(0, within(1e-6))));
    }

    @Test
    void ofOneNetworkThereIsNoneAndTheResultSaysWhy() throws IOException {
        SegmentationCompleted result = run("one", CLASSES, List.of(3L));
        assertThat(result.outputs())
                .extracting(OutputFile::role)
                .doesNotContain("disagreement")
                .contains("entropy");
        assertThat(result.warnings().orElseThrow()).anyMatch(DisagreementTest::saysThatThereIsNone);
        assertThat(result.labels())
                .allSatisfy(label -> assertThat(label.meanDisagreement()).isEmpty());
        assertThat(result.labels()).anyMatch(label -> label.meanEntropy().isPresent());
        assertThat(measurements(result)).noneMatch(label -> label.has("meanDisagreement"));
    }
}
