package io.deformux.dicom.seg;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.dicom.rtstruct.RtStructReader;
import io.deformux.dicom.rtstruct.RtStructWriter;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.EnhancedImage;
import io.deformux.dicom.sr.SegmentMeasurement;
import io.deformux.dicom.sr.SrWriter;
import io.deformux.nifti.NiftiReader;
import io.deformux.parity.Fixtures;
import io.deformux.testing.Programs;
import io.deformux.volume.Affine;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The labels of a real head CT as DICOM objects, judged by dicom3tools and dcmtk where they are installed. */
class RealSegmentationTest {
    @TempDir
    private Path folder;

    private static DicomSeries series;
    private static LabelMap labels;

    @BeforeAll
    static void readHead() {
        series = SegExample.read(Fixtures.data("ct-head/dicom"));
        labels = onto(series, new NiftiReader(1 << 24).readLabels(Fixtures.data("ct-head/ct_head_labels.nii.gz")));
    }

    private static LabelMap onto(DicomSeries series, LabelMap nifti) {
        Shape3 shape = series.volume().geometry().shape();
        Affine toNifti = nifti.geometry()
                .affine()
                .inverse()
                .times(series.volume().geometry().affine());
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
        return new LabelMap(series.volume().geometry(), voxels);
    }

    private static SegExample head(SegKind kind) {
        SegDescription description =
                new SegDescription(kind, "head\ninput\nmodel", "head", "1.0.0", "0123456789abcdef", "0.1.0", SegExample.BEGUN);
        List<Segment> segments = Segment.present(
                labels.counts(), "custom", List.of("background", "soft tissue", "bone"), SegmentTable.standard());
        return new SegExample(series, labels, segments, description);
    }

    @ParameterizedTest
    @EnumSource(SegKind.class)
    void readsBackInPlace(SegKind kind) {
        SegExample head = head(kind);

        assertThatArray(new SegReader()
                        .read(head.write(folder.resolve("seg.dcm")), labels.geometry())
                        .labels())
                .isEqualTo(head.numbers());
    }

    @Test
    void dciodvfyReportsNoError() throws Exception {
        String said = run("dciodvfy", head(SegKind.BINARY).write(folder.resolve("seg.dcm")));

        assertThat(said).contains("Segmentation").doesNotContain("Error");
    }

    /** Left and right, a region, a class of no table; a patient lying askew, and one lying feet first. */
    @Test
    void dciodvfyReportsNoErrorOnObliqueAndFeetFirstSeries() throws Exception {
        Affine feetFirst = Affine.of(0.7, 0, 0, -31, 0, -0.9, 0, 13, 0, 0, -2.5, 40);
        for (Affine affine : List.of(SegRoundTripTest.oblique(), feetFirst)) {
            SegExample example = SegExample.of(folder.resolve(affine.toString()), affine, SegKind.BINARY);
            List<Segment> segments = example.segments().stream()
                    .map(segment -> segment.label() == 4
                            ? new Segment(
                                    segment.number(),
                                    4,
                                    "tumor",
                                    SegmentTable.standard().codes("kits", "tumor", 4))
                            : segment)
                    .toList();
            Path file = new SegExample(example.series(), example.labels(), segments, example.description())
                    .write(folder.resolve("seg.dcm"));

            assertThat(run("dciodvfy", file)).contains("Segmentation").doesNotContain("Error");
        }
    }

    @Test
    void dciodvfyReportsNoErrorOnTheFramesOfAMultiFrameSource() throws Exception {
        Path object = EnhancedImage.write(Fixtures.data("ct-head/dicom"), folder.resolve("enhanced.dcm"));
        SegExample head = head(SegKind.BINARY);
        Path file = new SegExample(SegExample.read(object), labels, head.segments(), head.description())
                .write(folder.resolve("seg.dcm"));

        assertThat(run("dciodvfy", file)).contains("Segmentation").doesNotContain("Error");
        assertThatArray(new SegReader().read(file, labels.geometry()).labels()).isEqualTo(head.numbers());
    }

    @Test
    void dcmdumpReadsBothKinds() throws Exception {
        for (SegKind kind : SegKind.values()) {
            String said = run("dcmdump", head(kind).write(folder.resolve(kind + ".dcm")));

            assertThat(said).doesNotContain("E: ").doesNotContain("W: ").contains("SegmentSequence", kind.name());
        }
    }

    @Test
    void structuresOfTheHeadReadBackAndDciodvfyAndDcmdumpReportNoError() throws Exception {
        SegExample head = head(SegKind.BINARY);
        Path file = folder.resolve("structures.dcm");
        new RtStructWriter()
                .write(
                        file,
                        labels,
                        head.segments(),
                        series.info(),
                        series.source(),
                        head.description().making());

        assertThatArray(new RtStructReader().read(file, labels.geometry()).labels())
                .isEqualTo(labels.labels());
        assertThat(run("dcmdump", file))
                .doesNotContain("E: ")
                .doesNotContain("W: ")
                .contains("CLOSED_PLANAR");
        assertThat(run("dciodvfy", file)).contains("RTStructureSet").doesNotContain("Error");
    }

    @Test
    void theReportOfTheHeadIsReadByDsrdumpAndDciodvfyReportsNoError() throws Exception {
        SegExample head = head(SegKind.BINARY);
        Path file = folder.resolve("report.dcm");
        List<SegmentMeasurement> measurements = head.segments().stream()
                .map(segment -> new SegmentMeasurement(segment, 12.5, Optional.of(-3.25)))
                .toList();
        new SrWriter().write(file, measurements, series.info(), series.source(), head.description());

        assertThat(run("dciodvfy", file)).contains("EnhancedSR").doesNotContain("Error");
        assertThat(run("dsrdump", file))
                .doesNotContain("E: ")
                .contains("Imaging Measurement Report", "12.5", "-3.25", "Hounsfield unit");
    }

    private static String run(String tool, Path file) throws IOException, InterruptedException {
        assumeTrue(Programs.installed(tool), tool + " is not installed");
        Path said = file.resolveSibling(tool + ".txt");
        Process process = new ProcessBuilder(tool, file.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.waitFor();
        return Files.readString(said, StandardCharsets.ISO_8859_1);
    }
}
