package io.deformux.worker.infer;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.dicom.seg.SegKind;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.ModelId;
import io.deformux.model.ModelStore;
import io.deformux.network.PrecisionChoice;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Preset;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is about some of the model's classes. */
class ClassSubsetTest {
    private static final OutputChoice SECOND = OutputChoice.of(Optional.of(List.of("two")), Optional.empty());

    private static final Preset PRESET =
            new Preset("own", List.of(), new IntensityWindow(-100, 300), List.of("background", "one", "two"));

    @TempDir
    private static Path folder;

    private static Path input;
    private static int outputs;

    private Path output;
    private final AtomicInteger windows = new AtomicInteger();

    /** Random weights that find both classes. */
    @BeforeAll
    static void makeInputs() throws IOException {
        input = Scans.dicom(Files.createDirectories(folder.resolve("series")), "classes");
        for (int seed = 1; seed <= 40; seed++) {
            TinyModel.in(folder.resolve("seed" + seed), new ModelId(TinyModel.NAME, "1"), PRESET, 32, seed);
            Path models = folder.resolve("seed" + seed);
            SegmentationCompleted found = run(
                    models,
                    input,
                    newOutput(),
                    Optional.empty(),
                    OutputChoice.NONE,
                    Set.of(OutputRole.LABEL_MAP),
                    n -> {});
            if (found.labels().stream().allMatch(label -> label.voxels() > 0)) {
                Files.move(models, folder.resolve("models"));
                return;
            }
        }
        throw new IllegalStateException("no random weights find both classes");
    }

    private static Path newOutput() throws IOException {
        return Files.createDirectories(folder.resolve("out" + outputs++));
    }

    @BeforeEach
    void makeOutput() throws IOException {
        output = newOutput();
    }

    private SegmentationCompleted run(Optional<OutputChoice> asked, OutputChoice configured) {
        return run(input, asked, configured);
    }

    private SegmentationCompleted run(Path from, Optional<OutputChoice> asked, OutputChoice configured) {
        return run(
                folder.resolve("models"),
                from,
                output,
                asked,
                configured,
                EnumSet.allOf(OutputRole.class),
                n -> windows.incrementAndGet());
    }

    private static SegmentationCompleted run(
            Path models,
            Path input,
            Path output,
            Optional<OutputChoice> asked,
            OutputChoice configured,
            Set<OutputRole> roles,
            IntConsumer window) {
        ScanArrived job = new ScanArrived(
                "job-1",
                new InputReference(input.toUri(), Kind.DICOM, Optional.empty()),
                new ModelReference(TinyModel.NAME, Optional.empty()),
                output.toUri(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                asked,
                Optional.empty());
        SegmentationSettings settings = new SegmentationSettings(
                        folder.resolve("scratch"), 1 << 22, "1.0", roles, SegKind.BINARY)
                .withChoice(configured);
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(models),
                AccessPolicy.files(List.of(input), List.of(output)),
                settings,
                new ComputeSettings("cpu", PrecisionChoice.FP32, false, false))) {
            return runtime.job().run(job, (done, total) -> window.accept(done));
        }
    }

    private static byte[] labels(SegmentationCompleted result, String role) {
        return new NiftiReader(1 << 22).readLabels(path(result, role)).labels();
    }

    @Test
    void theLabelsAreThoseOfAllClassesWithTheOthersAsBackground() {
        byte[] all = labels(run(Optional.empty(), OutputChoice.NONE), "label-map");
        byte[] some = labels(run(Optional.of(SECOND), OutputChoice.NONE), "label-map");

        byte[] expected = new byte[all.length];
        for (int n = 0; n < all.length; n++) {
            expected[n] = all[n] == 2 ? (byte) 2 : 0;
        }
        assertThatArray(some).isEqualTo(expected);
    }

    @Test
    void nothingIsMadeOfTheOthers() throws IOException {
        SegmentationCompleted result = run(Optional.of(SECOND), OutputChoice.NONE);

        assertThat(result.labels()).extracting(LabelVolume::name).containsExactly("two");
        assertThat(result.labels().get(0).colour()).get().asString().matches("#[0-9a-f]{6}");
        assertThat(result.labels().get(0).segmentNumber()).contains(1);
        List<OutputFile> masks = result.outputs().stream()
                .filter(file -> file.role().equals("class-mask"))
                .toList();
        assertThat(masks).extracting(OutputFile::className).containsExactly(Optional.of("two"));
        assertThat(masks.get(0).uri().getPath()).endsWith("/two.nii.gz").contains("/masks/");
        byte[] mask = labels(result, "class-mask");
        byte[] map = labels(result, "label-map");
        byte[] expected = new byte[map.length];
        for (int n = 0; n < map.length; n++) {
            expected[n] = map[n] == 2 ? (byte) 1 : 0;
        }
        assertThatArray(mask).isEqualTo(expected);
        assertThat(names(result, "measurements")).containsExactly("two");
        assertThat(names(result, "label-names")).containsExactly("two");
    }

    @Test
    void whatIsMeasuredCanBeLessThanWhatIsWanted() throws IOException {
        OutputChoice measured = OutputChoice.of(Optional.empty(), Optional.of(List.of("one")));
        SegmentationCompleted result = run(Optional.of(measured), OutputChoice.NONE);
        assertThat(names(result, "measurements")).containsExactly("one");
        assertThat(text(run(Optional.empty(), OutputChoice.NONE), "dicom-sr")).contains("two");
        assertThat(text(result, "dicom-sr")).contains("one").doesNotContain("two");
        assertThat(result.labels()).hasSize(2);
    }

    @Test
    void featuresAreInTheMeasurementsOfTheClassesThatAreDescribed() throws IOException {
        OutputChoice described = new OutputChoice(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("two")),
                Optional.of("count:8"));
        SegmentationCompleted result = run(Optional.of(described), OutputChoice.NONE);
        JsonNode labels = json(result, "measurements").path("labels");
        assertThat(labels.at("/0").has("radiomics")).isFalse();
        JsonNode features = labels.at("/1/radiomics");
        assertThat(features.path("bins").asText()).isEqualTo("count:8");
        assertThat(features.path("levels").asInt()).isEqualTo(8);
        assertThat(features.at("/intensity/mean").asDouble())
                .isCloseTo(labels.at("/1/intensity/mean").asDouble(), within(1e-3));
        assertThat(features.at("/shape/voxelVolume").asDouble() / 1000)
                .isCloseTo(result.labels().get(1).volumeMl(), within(1e-6));
        for (String family : List.of("cooccurrence", "runLength", "sizeZone")) {
            assertThat(features.path(family).size()).isGreaterThan(10);
        }
        windows.set(0);
        run(Optional.empty(), OutputChoice.NONE);
        assertThat(windows.get()).as("without them it is another job").isPositive();
    }

    @Test
    void theEventGoesBeforeTheWorker() {
        assertThat(run(Optional.empty(), SECOND).labels())
                .extracting(LabelVolume::name)
                .containsExactly("two");
        OutputChoice first = OutputChoice.of(Optional.of(List.of("one")), Optional.empty());
        assertThat(run(Optional.of(first), SECOND).labels())
                .extracting(LabelVolume::name)
                .containsExactly("one");
    }

    @Test
    void anotherChoiceIsAnotherJob() {
        SegmentationCompleted first = run(Optional.of(SECOND), OutputChoice.NONE);
        windows.set(0);
        assertThat(run(Optional.of(SECOND), OutputChoice.NONE)).isEqualTo(first);
        assertThat(run(Optional.empty(), SECOND))
                .as("whoever said it, the choice is the same")
                .isEqualTo(first);
        assertThat(windows).hasValue(0);

        SegmentationCompleted all = run(Optional.empty(), OutputChoice.NONE);
        assertThat(windows.get()).isPositive();
        assertThat(all.identity()).isNotEqualTo(first.identity());
    }

    @Test
    void aClassThatTheModelDoesNotHaveIsRefusedBeforeAnythingIsFetched() throws IOException {
        OutputChoice wrong = OutputChoice.of(Optional.of(List.of("three")), Optional.empty());
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> run(folder.resolve("not-there"), Optional.of(wrong), OutputChoice.NONE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.CLASS_UNKNOWN))
                .withMessageContaining("one, two");
        assertThat(folder.resolve("scratch"))
                .satisfiesAnyOf(scratch -> assertThat(scratch).doesNotExist(), scratch -> assertThat(scratch)
                        .isEmptyDirectory());
    }

    private static List<String> names(SegmentationCompleted result, String role) throws IOException {
        return json(result, role).path("labels").findValuesAsText("name");
    }

    private static String text(SegmentationCompleted result, String role) throws IOException {
        return Files.readString(path(result, role), StandardCharsets.ISO_8859_1);
    }

    private static JsonNode json(SegmentationCompleted result, String role) throws IOException {
        return new ObjectMapper().readTree(path(result, role).toFile());
    }

    private static Path path(SegmentationCompleted result, String role) {
        return result.outputs().stream()
                .filter(one -> one.role().equals(role))
                .map(file -> Path.of(file.uri()))
                .findFirst()
                .orElseThrow();
    }
}
