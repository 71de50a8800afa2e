package io.deformux.standalone;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.dicom.rtstruct.RtStructReader;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.model.ModelId;
import io.deformux.nifti.NiftiReader;
import io.deformux.parity.Fixtures;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Credentials;
import io.deformux.storage.HostRule;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Origin;
import io.deformux.storage.Secret;
import io.deformux.storage.StoredObject;
import io.deformux.storage.Use;
import io.deformux.storage.dicomweb.DicomWebStorage;
import io.deformux.storage.web.WebClient;
import io.deformux.testing.server.OrthancServer;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Preset;
import io.deformux.volume.Affine;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.outputs.ClassChoice;
import io.deformux.worker.infer.outputs.DicomRtStructOutput;
import io.deformux.worker.infer.outputs.DicomSegOutput;
import io.deformux.worker.infer.outputs.DicomSrOutput;
import io.deformux.worker.infer.outputs.OneFileOutput;
import io.deformux.worker.infer.outputs.SegmentedScan;
import io.deformux.worker.infer.probability.Certainty;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DICOM objects of the labels of a real head, stored by STOW-RS in a real Orthanc, read back from it and judged by
 * dicom3tools, dcmtk and pydicom. Skipped where one of these or the head is missing.
 */
@Timeout(300)
class OrthancObjectsTest {
    /** The one that Debian's packages are for. */
    private static final String PYTHON = "/usr/bin/python3";

    /** A line per structure: its name, how many contours it has, and whether their points are as many as they say. */
    private static final String STRUCTURES =
            """
            import pydicom, sys
            d = pydicom.dcmread(sys.argv[1])
            for roi, drawn in zip(d.StructureSetROISequence, d.ROIContourSequence):
                contours = drawn.ContourSequence
                whole = all(3 * int(c.NumberOfContourPoints) == len(c.ContourData) for c in contours)
                print(roi.ROIName, len(contours), whole, sep='|')
            """;

    /** The numbers of a report, a line each. */
    private static final String NUMBERS =
            """
            import pydicom, sys
            def walk(items):
                for item in items:
                    if item.ValueType == 'NUM':
                        print(float(item.MeasuredValueSequence[0].NumericValue))
                    walk(item.get('ContentSequence', []))
            walk(pydicom.dcmread(sys.argv[1]).ContentSequence)
            """;

    @TempDir
    private Path folder;

    private final SegmentTable table = SegmentTable.standard();

    @Test
    void segmentationStructuresAndReportComeBackAsTheyWere() throws Exception {
        assumeTrue(OrthancServer.installed(), "orthanc, orthanc-dicomweb, dcmtk or dicom3tools are not installed");
        SegmentedScan head = head();
        try (OrthancServer orthanc = new OrthancServer(folder)) {
            Path seg = comesBack(orthanc, head, new DicomSegOutput(table, "0.1.0"));
            Path structures = comesBack(orthanc, head, new DicomRtStructOutput(table, "0.1.0"));
            Path report = comesBack(orthanc, head, new DicomSrOutput(table, "0.1.0"));

            assertThat(said("dciodvfy", seg)).contains("Segmentation").doesNotContain("Error");
            assertThat(said("dciodvfy", structures)).contains("RTStructureSet").doesNotContain("Error");
            assertThat(said("dciodvfy", report)).contains("EnhancedSR").doesNotContain("Error");
            assertThat(said("dsrdump", report))
                    .contains("Imaging Measurement Report", "Attenuation Coefficient")
                    .doesNotContain("E: ");
            LabelMap labels = head.labels();
            assertThatArray(new RtStructReader()
                            .read(structures, labels.geometry())
                            .labels())
                    .isEqualTo(labels.labels());
        }
    }

    @Test
    void pydicomReadsStructuresAndReportAsTheArchiveGivesThemBack() throws Exception {
        assumeTrue(OrthancServer.installed(), "orthanc, orthanc-dicomweb, dcmtk or dicom3tools are not installed");
        assumeTrue(
                new ProcessBuilder(PYTHON, "-c", "import pydicom").start().waitFor() == 0,
                "python3-pydicom is not installed");
        SegmentedScan head = head();
        try (OrthancServer orthanc = new OrthancServer(folder)) {
            String structures = python(STRUCTURES, comesBack(orthanc, head, new DicomRtStructOutput(table, "0.1.0")));
            String report = python(NUMBERS, comesBack(orthanc, head, new DicomSrOutput(table, "0.1.0")));

            assertThat(structures.lines()).hasSize(2).allMatch(line -> line.endsWith("|True"));
            assertThat(structures.lines().map(line -> line.split("\\|")[0])).containsExactly("soft tissue", "bone");
            double[] spacing = head.labels().geometry().affine().spacing();
            double voxelMl = spacing[0] * spacing[1] * spacing[2] / 1000;
            long[] counts = head.labels().counts();
            List<Double> numbers = report.lines().map(Double::valueOf).toList();
            assertThat(numbers).hasSize(4);
            for (int label = 1; label <= 2; label++) {
                double volume = counts[label] * voxelMl;
                assertThat(numbers).anyMatch(number -> Math.abs(number - volume) <= 1e-3 * volume);
            }
        }
    }

    private static String python(String program, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(PYTHON, "-c", program, file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    private SegmentedScan head() {
        DicomSeries series =
                new DicomSeriesReader(DicomLimits.defaults()).read(Fixtures.data("ct-head/dicom"), Optional.empty());
        Volume scan = series.volume().reverseRows();
        LabelMap nifti = new NiftiReader(1 << 26).readLabels(Fixtures.data("ct-head/ct_head_labels.nii.gz"));
        return new SegmentedScan(
                "head",
                Instant.parse("2026-03-01T12:00:00Z"),
                new ModelId("head", "1"),
                "0123456789abcdef".repeat(4),
                new Preset(
                        "head",
                        List.of(),
                        new IntensityWindow(-125, 275),
                        List.of("background", "soft tissue", "bone")),
                scan,
                Optional.of(series),
                SegKind.BINARY,
                ClassChoice.all(List.of("background", "soft tissue", "bone")),
                onto(scan, nifti),
                Certainty.UNKNOWN,
                List.of());
    }

    private static LabelMap onto(Volume scan, LabelMap nifti) {
        Shape3 shape = scan.geometry().shape();
        Affine toNifti =
                nifti.geometry().affine().inverse().times(scan.geometry().affine());
        byte[] voxels = new byte[shape.length()];
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    double[] at = toNifti.apply(i, j, k);
                    voxels[shape.index(i, j, k)] =
                            (byte) nifti.at((int) Math.round(at[0]), (int) Math.round(at[1]), (int) Math.round(at[2]));
                }
            }
        }
        return new LabelMap(scan.geometry(), voxels);
    }

    /** Stores an output in the archive; gives the file that the archive gives back. */
    private Path comesBack(OrthancServer orthanc, SegmentedScan result, OneFileOutput output) throws Exception {
        AccessPolicy access = AccessPolicy.files(List.of(), List.of())
                .withHosts(new HostRule(
                        Origin.parse(orthanc.root().toString()),
                        List.of(),
                        Set.of(Use.READ, Use.STORE),
                        Optional.of(new Credentials.Basic(orthanc.user(), new Secret.InFile(orthanc.password())))));
        Path file = folder.resolve(output.role().fileName());
        assertThat(output.write(result, file, JobWatch.of((done, total) -> {}))).isTrue();
        StoredObject stored = new DicomWebStorage(access, new WebClient(access))
                .store(
                        file,
                        URI.create(orthanc.dicomWeb() + "/studies"),
                        ObjectName.of("head", file.getFileName().toString()));
        String path = stored.uri().getPath();
        JsonNode ids =
                new ObjectMapper().readTree(orthanc.post("/tools/lookup", path.substring(path.lastIndexOf('/') + 1)));
        assertThat(ids).as("Orthanc knows the object").isNotEmpty();
        return Files.write(
                folder.resolve("back-" + file.getFileName()),
                orthanc.get("/instances/" + ids.get(0).path("ID").asText() + "/file"));
    }

    private static String said(String tool, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(tool, file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
