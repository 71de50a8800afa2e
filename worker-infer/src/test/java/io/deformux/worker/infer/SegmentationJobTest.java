package io.deformux.worker.infer;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.failure.FailureCode;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.model.WindowDefaults;
import io.deformux.network.PrecisionChoice;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.DicomSegKind;
import io.deformux.schemas.DicomUnevenSlices;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.InputSummary;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.PassedOverFiles;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Digest;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Preset;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.JobWatch;
import io.deformux.worker.infer.stage.StageFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A whole job with a small untrained network, which finds something everywhere. */
class SegmentationJobTest {
    private static final String SECRET = "Doe^Jane-4711";

    /** The record of a job has one time, whoever takes it and however often. */
    private static final JobWatch SENT = new JobWatch() {
        @Override
        public Instant asked() {
            return Instant.parse("2026-03-01T12:00:00Z");
        }

        @Override
        public void requireOwned() {
            // It is.
        }

        @Override
        public void windowsDone(int done, int total) {
            // Nobody looks on.
        }
    };

    @TempDir
    private static Path folder;

    private static Path model;

    @BeforeAll
    static void makeInputs() throws IOException {
        Preset preset =
                new Preset("own", List.of(), new IntensityWindow(-100, 300), List.of("background", "one", "two"));
        DeformUxNetConfig network = new DeformUxNetConfig(1, 3, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3);
        Path archive = folder.resolve("model.pt");
        TorchScriptArchive.write(archive, network.program(), network.modules().randomWeights(7), Precision.FP32);
        model = folder.resolve("model");
        ModelPackage.write(
                model,
                new ModelManifest(
                        new ModelId("tiny", "1"),
                        preset,
                        network,
                        new WindowDefaults(List.of(32, 32, 32), 0.25, "constant"),
                        Precision.FP32,
                        List.of(Member.of("model.pt", archive, OptionalInt.empty())),
                        JsonNodeFactory.instance.objectNode()),
                List.of(archive));
        Volume scan = scan();
        Path series = folder.resolve("series");
        new DicomSeriesWriter().write(series, scan, "job");
        for (int k = 1; k <= scan.geometry().shape().w(); k++) {
            name(series.resolve(String.format("%04d.dcm", k)));
        }
        new NiftiWriter().write(scan, folder.resolve("scan.nii.gz"));
    }

    private static Volume scan() {
        Geometry geometry = new Geometry(new Shape3(36, 34, 8), Affine.scaling(1, 1, 2.5));
        float[] voxels = new float[geometry.shape().length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n * 37 % 400 - 100;
        }
        return new Volume(geometry, voxels);
    }

    /** Puts a patient's name into an image. */
    private static void name(Path file) throws IOException {
        DataSet image;
        try (DicomFile open = DicomFile.open(file, 1 << 20).orElseThrow()) {
            image = open.header(1000);
            byte[] pixels = open.pixelBytes((int) open.openPixelData());
            image.put(new Element.Bytes(Tag.PIXEL_DATA.number(), Tag.PIXEL_DATA.vr(), pixels, ByteOrder.LITTLE_ENDIAN));
        }
        image.put(Tag.PATIENT_NAME, SECRET).put(Tag.PATIENT_ID, SECRET).put(Tag.STUDY_DESCRIPTION, SECRET);
        try (OutputStream out = Files.newOutputStream(file)) {
            DicomFileWriter.write(out, TransferSyntax.EXPLICIT_LITTLE, image);
        }
    }

    private static SegmentationCompleted run(String input, Kind kind, Path output, Set<OutputRole> outputs)
            throws IOException {
        Files.createDirectories(output);
        return run(input, kind, output.toUri(), Optional.empty(), outputs);
    }

    private static SegmentationCompleted run(
            String input, Kind kind, URI output, Optional<URI> dicomOutput, Set<OutputRole> outputs) {
        return run(input, kind, output, dicomOutput, Optional.empty(), outputs);
    }

    private static SegmentationCompleted run(
            String input,
            Kind kind,
            URI output,
            Optional<URI> dicomOutput,
            Optional<DicomSegKind> segKind,
            Set<OutputRole> outputs) {
        return run(input, kind, output, dicomOutput, segKind, outputs, ComputeSettings.on("cpu"));
    }

    private static SegmentationCompleted run(
            String input,
            Kind kind,
            URI output,
            Optional<URI> dicomOutput,
            Optional<DicomSegKind> segKind,
            Set<OutputRole> outputs,
            ComputeSettings compute) {
        Path path = folder.resolve(input);
        SegmentationSettings settings =
                new SegmentationSettings(folder.resolve("scratch"), 1 << 20, "0.1.0", outputs, SegKind.BINARY);
        ScanArrived job = new ScanArrived(
                "job-1",
                new InputReference(path.toUri(), kind, Optional.empty()),
                new ModelReference("tiny", Optional.empty()),
                output,
                dicomOutput,
                segKind);
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                        new ModelStore(model), AccessPolicy.files(List.of(path), List.of(folder)), settings, compute);
                PreparedJob prepared = runtime.job().prepare(job)) {
            return runtime.job().run(prepared, SENT);
        }
    }

    private static List<String> roles(SegmentationCompleted completed) {
        return completed.outputs().stream().map(OutputFile::role).toList();
    }

    @Test
    void aDicomScanGivesAllOutputsTwiceTheSameAndNothingOfThePatientLeaksOut() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger("io.deformux");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        Level level = root.getLevel();
        root.setLevel(Level.TRACE);
        SegmentationCompleted first;
        SegmentationCompleted again;
        try {
            first = run("series", Kind.DICOM, folder.resolve("out1"), EnumSet.allOf(OutputRole.class));
            again = run("series", Kind.DICOM, folder.resolve("out2"), EnumSet.allOf(OutputRole.class));
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
        }

        assertThat(roles(first))
                .containsExactly(
                        "label-map",
                        "dicom-seg",
                        "measurements",
                        "preview",
                        "dicom-sr",
                        "dicom-rtstruct",
                        "mesh",
                        "label-names",
                        "itk-snap-labels",
                        "slicer-colours",
                        "class-mask",
                        "class-mask",
                        "probabilities",
                        "probabilities",
                        "entropy",
                        "scan");
        assertThat(first.outputs())
                .extracting(OutputFile::mediaType)
                .containsExactly(
                        "application/gzip",
                        "application/dicom",
                        "application/json",
                        "image/png",
                        "application/dicom",
                        "application/dicom",
                        "model/gltf-binary",
                        "application/json",
                        "text/plain",
                        "text/plain",
                        "application/gzip",
                        "application/gzip",
                        "application/gzip",
                        "application/gzip",
                        "application/gzip",
                        "application/gzip");
        assertThat(again.outputs())
                .extracting(OutputFile::sha256)
                .containsExactlyElementsOf(
                        first.outputs().stream().map(OutputFile::sha256).toList());
        assertThat(new EventCodec().toJson(first)).doesNotContain(SECRET);
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains(SECRET));
        for (OutputFile output : first.outputs()) {
            String bytes = Files.readString(Path.of(output.uri()), StandardCharsets.ISO_8859_1);
            assertThat(bytes.contains(SECRET))
                    .as(output.role())
                    .isEqualTo(output.mediaType().equals("application/dicom"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PrecisionChoice.class,
            names = {"AUTO", "FP32"})
    void threeRunsOfAJobGiveTheSameBits(PrecisionChoice precision) throws IOException {
        Set<String> digests = new HashSet<>();
        for (int run = 0; run < 3; run++) {
            Path output = Files.createDirectories(folder.resolve("same-" + precision + "-" + run));
            SegmentationCompleted completed = run(
                    "series",
                    Kind.DICOM,
                    output.toUri(),
                    Optional.empty(),
                    Optional.empty(),
                    EnumSet.of(OutputRole.LABEL_MAP, OutputRole.DICOM_SEG),
                    new ComputeSettings("cpu", precision, false, false));
            completed.outputs().forEach(out -> digests.add(out.role() + " " + out.sha256()));
        }
        assertThat(digests).hasSize(2);
    }

    @Test
    void theResultSaysHowItWasComputedAndHowSureThatIs() throws IOException {
        RuntimeInfo runtime = run(
                        "scan.nii.gz",
                        Kind.NIFTI,
                        Files.createDirectories(folder.resolve("out-how")).toUri(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(OutputRole.LABEL_MAP),
                        new ComputeSettings("cpu", PrecisionChoice.FP32, false, false))
                .runtime();

        assertThat(runtime.precision()).isEqualTo("fp32");
        assertThat(runtime.convolutions()).get().asString().isIn("library", "own", "both");
        assertThat(runtime.verified()).get(InstanceOfAssertFactories.DOUBLE).isBetween(1e-9, 1e-4);
    }

    @Test
    void aNiftiScanGivesNoDicom() throws IOException {
        assertThat(roles(run("scan.nii.gz", Kind.NIFTI, folder.resolve("out3"), EnumSet.allOf(OutputRole.class))))
                .containsExactly(
                        "label-map",
                        "measurements",
                        "preview",
                        "mesh",
                        "label-names",
                        "itk-snap-labels",
                        "slicer-colours",
                        "class-mask",
                        "class-mask",
                        "probabilities",
                        "probabilities",
                        "entropy",
                        "scan");
    }

    @Test
    void theScanOfASeriesLiesOnTheGridOfItsLabels() throws IOException {
        SegmentationCompleted completed = run(
                "series", Kind.DICOM, folder.resolve("out-scan"), EnumSet.of(OutputRole.LABEL_MAP, OutputRole.SCAN));

        assertThat(roles(completed)).containsExactly("label-map", "scan");
        OutputFile file = completed.outputs().get(1);
        assertThat(file.sha256()).isEqualTo(Digest.of(Path.of(file.uri())));
        NiftiReader reader = new NiftiReader(1 << 20);
        Volume stored = reader.read(Path.of(file.uri()));
        assertThat(stored.geometry())
                .isEqualTo(
                        reader.readGeometry(Path.of(completed.outputs().get(0).uri())));
        assertThatArray(stored.voxels()).isEqualTo(scan().reverseRows().voxels());
    }

    @Test
    void whatIsForFewIsStoredOnRequestOnly() {
        assertThat(new SegmentationSettings(folder, 1, "test").outputs())
                .isEqualTo(EnumSet.of(
                        OutputRole.LABEL_MAP, OutputRole.DICOM_SEG, OutputRole.MEASUREMENTS, OutputRole.PREVIEW));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SegmentationSettings(
                        folder, 1, "test", EnumSet.of(OutputRole.LABEL_MAP, OutputRole.DICOM_SR), SegKind.BINARY))
                .withMessageContaining("needs the segmentation");
    }

    @Test
    void whatWasPassedOverAndWhatToReadWithCareIsInTheResult() throws IOException {
        Path uneven = Files.createDirectories(folder.resolve("uneven"));
        for (int k : new int[] {1, 2, 4, 5, 6, 7, 8}) {
            String name = String.format("%04d.dcm", k);
            Files.copy(folder.resolve("series").resolve(name), uneven.resolve(name));
        }
        Files.writeString(uneven.resolve("notes.txt"), SECRET);
        Path output = Files.createDirectories(folder.resolve("out-uneven"));
        ScanArrived job = new ScanArrived(
                "job-1",
                new InputReference(
                        uneven.toUri(),
                        Kind.DICOM,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(DicomUnevenSlices.RESAMPLE)),
                new ModelReference("tiny", Optional.empty()),
                output.toUri());
        SegmentationSettings settings = new SegmentationSettings(folder.resolve("scratch"), 1 << 20, "0.1.0");
        SegmentationCompleted completed;
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(model),
                AccessPolicy.files(List.of(uneven), List.of(folder)),
                settings,
                ComputeSettings.on("cpu"))) {
            completed = runtime.job().run(job, (done, total) -> {});
        }
        assertThat(completed.input())
                .contains(new InputSummary(List.of(new PassedOverFiles("not-dicom", 1, List.of(8), List.of()))));
        assertThat(completed.warnings().orElseThrow())
                .extracting(ResultWarning::code)
                .contains("SLICES_RESAMPLED");
        assertThat(completed.grid().shape()).containsExactly(36, 34, 8);
        assertThat(roles(completed)).containsExactly("label-map", "dicom-seg", "measurements", "preview");
        assertThat(new EventCodec().toJson(completed)).doesNotContain(SECRET).doesNotContain("notes");
        assertThat(Files.readString(Path.of(completed.outputs().get(2).uri()))).contains("SLICES_RESAMPLED");
    }

    @Test
    void aTiltedGantryGivesLabelsOnItsShearedGridInTrueMillilitres() throws IOException {
        Volume upright = scan();
        double lean = 2.5 * Math.tan(Math.toRadians(15));
        Affine sheared = Affine.of(-1, 0, 0, 0, 0, -1, lean, 0, 0, 0, 2.5, 0);
        new DicomSeriesWriter()
                .write(
                        folder.resolve("tilted"),
                        new Volume(new Geometry(upright.geometry().shape(), sheared), upright.voxels()),
                        "tilted");
        SegmentationCompleted completed =
                run("tilted", Kind.DICOM, folder.resolve("out-tilted"), EnumSet.allOf(OutputRole.class));
        assertThat(roles(completed))
                .containsExactly(
                        "label-map",
                        "dicom-seg",
                        "measurements",
                        "preview",
                        "dicom-sr",
                        "dicom-rtstruct",
                        "mesh",
                        "label-names",
                        "itk-snap-labels",
                        "slicer-colours",
                        "class-mask",
                        "class-mask",
                        "probabilities",
                        "probabilities",
                        "entropy",
                        "scan");
        assertThat(completed.grid().affine().get(6)).isEqualTo(lean, within(1e-6));
        assertThat(completed.labels()).allSatisfy(label -> assertThat(label.volumeMl())
                .isCloseTo(label.voxels() * 2.5 / 1000, within(1e-6 * 36 * 34 * 8)));
        assertThat(new NiftiReader(1 << 20)
                        .readLabels(Path.of(completed.outputs().get(0).uri()))
                        .geometry()
                        .affine()
                        .at(1, 2))
                .isCloseTo(lean, within(1e-5));
    }

    @Test
    void outputsCanBeLeftOut() throws IOException {
        assertThat(roles(run("series", Kind.DICOM, folder.resolve("out4"), Set.of(OutputRole.LABEL_MAP))))
                .containsExactly("label-map");
    }

    @Test
    void dicomObjectsHaveAPlaceOfTheirOwnIfTheEventNamesOne() throws IOException {
        Path files = Files.createDirectories(folder.resolve("out5"));
        Path pacs = Files.createDirectories(folder.resolve("pacs5"));
        SegmentationCompleted completed =
                run("series", Kind.DICOM, files.toUri(), Optional.of(pacs.toUri()), EnumSet.allOf(OutputRole.class));
        assertThat(completed.outputs()).allSatisfy(output -> assertThat(Path.of(output.uri()))
                .startsWith(output.mediaType().equals("application/dicom") ? pacs : files));
    }

    @ParameterizedTest
    @CsvSource({"BINARY, 1.2.840.10008.5.1.4.1.1.66.4", "LABELMAP, 1.2.840.10008.5.1.4.1.1.66.7"})
    void theEventChoosesTheKindOfSegmentation(DicomSegKind kind, String sopClass) throws IOException {
        Path files = Files.createDirectories(folder.resolve("out-" + kind));
        SegmentationCompleted completed = run(
                "series",
                Kind.DICOM,
                files.toUri(),
                Optional.empty(),
                Optional.of(kind),
                EnumSet.of(OutputRole.LABEL_MAP, OutputRole.DICOM_SEG));
        Path seg = Path.of(completed.outputs().get(1).uri());
        try (DicomFile open = DicomFile.open(seg, 1 << 20).orElseThrow()) {
            assertThat(open.sopClassUid()).contains(sopClass);
        }
    }

    @Test
    void outputsWithoutAPlaceAreRefusedBeforeAnythingIsFetched() {
        URI pacs = URI.create("dicomweb://pacs.example/dicom-web/studies");
        assertThatExceptionOfType(StageFailure.class)
                .isThrownBy(() -> run("not-there", Kind.DICOM, pacs, Optional.empty(), EnumSet.allOf(OutputRole.class)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.REFERENCE_UNSUPPORTED))
                .withMessageContaining("dicomOutput");
    }
}
