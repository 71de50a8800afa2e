package io.deformux.dicom.seg;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is found again at the same place in the patient, however the series lies. */
class SegRoundTripTest {
    private static final double[] SPACING = {0.7, 0.9, 2.5};

    @TempDir
    private Path folder;

    static Stream<Arguments> orientations() {
        List<Arguments> all = new ArrayList<>();
        for (SegKind kind : SegKind.values()) {
            for (int[] axes : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
                for (int signs = 0; signs < 8; signs++) {
                    all.add(Arguments.of(kind, axisAligned(axes, signs)));
                }
            }
            all.add(Arguments.of(kind, oblique()));
            all.add(Arguments.of(kind, tilted()));
        }
        return all.stream();
    }

    /** Voxel axis n follows patient axis {@code axes[n]}, backwards where bit n of {@code signs} is set. */
    private static Affine axisAligned(int[] axes, int signs) {
        double[] rows = new double[12];
        for (int n = 0; n < 3; n++) {
            rows[axes[n] * 4 + n] = SPACING[n] * ((signs >> n & 1) == 0 ? 1 : -1);
            rows[axes[n] * 4 + 3] = 10.25 * n - 31;
        }
        return Affine.of(rows);
    }

    /** Slices of a gantry that was tilted by 15 degrees. */
    static Affine tilted() {
        double lean = SPACING[2] * Math.tan(Math.toRadians(15));
        return Affine.of(-SPACING[0], 0, 0, 11, 0, -SPACING[1], lean, 13, 0, 0, SPACING[2], -40);
    }

    @Test
    void slicesOfATiltedGantryAreAsFarApartAsTheirPlanes() {
        Path file = SegExample.of(folder.resolve("series"), tilted(), SegKind.BINARY)
                .write(folder.resolve("seg.dcm"));
        try (DicomFile open = DicomFile.open(file, 1 << 20).orElseThrow()) {
            DataSet shared = open.header(10_000)
                    .items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)
                    .get(0);
            DataSet measures = shared.items(Tag.PIXEL_MEASURES_SEQUENCE).get(0);
            assertThat(measures.decimals(Tag.SPACING_BETWEEN_SLICES, 1)[0]).isCloseTo(SPACING[2], within(1e-9));
        }
    }

    @Test
    void slicesThatWereInterpolatedNameTheNearestImagesAndSayThatSamplesMoved() throws IOException {
        SegExample.series(folder.resolve("series"), new Shape3(7, 5, 6), oblique());
        Files.delete(folder.resolve("series/0003.dcm"));
        DicomSeries series = new DicomSeriesReader(DicomLimits.defaults())
                .read(folder.resolve("series"), Optional.empty(), Optional.empty(), UnevenSlices.RESAMPLE);
        byte[] labels = new byte[7 * 5 * 6];
        Arrays.fill(labels, (byte) 1);
        LabelMap map = new LabelMap(series.volume().geometry(), labels);
        Path file = SegExample.of(series, map, SegKind.BINARY).write(folder.resolve("seg.dcm"));

        assertThatArray(new SegReader().read(file, map.geometry()).labels()).isEqualTo(labels);
        try (DicomFile open = DicomFile.open(file, 1 << 20).orElseThrow()) {
            DataSet header = open.header(10_000);
            assertThat(header.items(Tag.REFERENCED_SERIES_SEQUENCE).get(0).items(Tag.REFERENCED_INSTANCE_SEQUENCE))
                    .hasSize(5);
            assertThat(header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE))
                    .hasSize(6)
                    .allSatisfy(group -> assertThat(group.items(Tag.DERIVATION_IMAGE_SEQUENCE)
                                    .get(0)
                                    .items(Tag.SOURCE_IMAGE_SEQUENCE)
                                    .get(0)
                                    .codes(Tag.SPATIAL_LOCATIONS_PRESERVED))
                            .containsExactly("NO"));
        }
    }

    /** A head turned by 20 degrees about the long axis and nodding by 35. */
    static Affine oblique() {
        double a = Math.toRadians(20);
        double b = Math.toRadians(35);
        double[][] r = {
            {Math.cos(a), -Math.sin(a) * Math.cos(b), Math.sin(a) * Math.sin(b)},
            {Math.sin(a), Math.cos(a) * Math.cos(b), -Math.cos(a) * Math.sin(b)},
            {0, Math.sin(b), Math.cos(b)}
        };
        double[] rows = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int n = 0; n < 3; n++) {
                rows[row * 4 + n] = r[row][n] * SPACING[n];
            }
            rows[row * 4 + 3] = 12.5 - row;
        }
        return Affine.of(rows);
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void theReaderGivesTheLabelsBack(SegKind kind, Affine affine) {
        SegExample example = SegExample.of(folder.resolve("series"), affine, kind);

        Path file = example.write(folder.resolve("seg.dcm"));

        assertThatArray(new SegReader().read(file, example.labels().geometry()).labels())
                .isEqualTo(example.numbers());
    }

    /** Without the reader: every pixel is taken to the patient by PS3.3 equation C.7.6.2.1-1 and looked up there. */
    @ParameterizedTest
    @MethodSource("orientations")
    void everyPixelLiesWhereItsLabelLies(SegKind kind, Affine affine) throws IOException {
        SegExample example = SegExample.of(folder.resolve("series"), affine, kind);
        Path file = example.write(folder.resolve("seg.dcm"));
        byte[] bytes = Files.readAllBytes(file);
        byte[] found = new byte[example.labels().labels().length];
        try (DicomFile open = DicomFile.open(file, 1 << 20).orElseThrow()) {
            DataSet header = open.header(10_000);
            DataSet shared = header.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).get(0);
            double[] turn =
                    shared.items(Tag.PLANE_ORIENTATION_SEQUENCE).get(0).decimals(Tag.IMAGE_ORIENTATION_PATIENT, 6);
            double[] spacing = shared.items(Tag.PIXEL_MEASURES_SEQUENCE).get(0).decimals(Tag.PIXEL_SPACING, 2);
            int length = (int) open.openPixelData();
            List<DataSet> groups = header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
            for (int n = 0; n < groups.size() * 35; n++) {
                int value = kind == SegKind.BINARY
                        ? bytes[bytes.length - length + n / 8] >> n % 8 & 1
                        : bytes[bytes.length - length + n];
                if (value != 0) {
                    DataSet group = groups.get(n / 35);
                    double[] at =
                            group.items(Tag.PLANE_POSITION_SEQUENCE).get(0).decimals(Tag.IMAGE_POSITION_PATIENT, 3);
                    double[] lps = new double[3];
                    for (int axis = 0; axis < 3; axis++) {
                        lps[axis] = at[axis]
                                + turn[axis] * spacing[1] * (n % 7)
                                + turn[3 + axis] * spacing[0] * (n % 35 / 7);
                    }
                    int number = kind == SegKind.LABELMAP
                            ? value
                            : group.items(Tag.SEGMENT_IDENTIFICATION_SEQUENCE)
                                    .get(0)
                                    .unsignedShort(Tag.REFERENCED_SEGMENT_NUMBER);
                    Geometry geometry = example.labels().geometry();
                    double[] index = geometry.affine().inverse().apply(-lps[0], -lps[1], lps[2]);
                    found[
                                    geometry.shape().index((int) Math.round(index[0]), (int) Math.round(index[1]), (int)
                                            Math.round(index[2]))] =
                            (byte) number;
                }
            }
        }

        assertThatArray(found).isEqualTo(example.numbers());
    }

    @ParameterizedTest
    @EnumSource(SegKind.class)
    void anotherGridIsRefused(SegKind kind) {
        SegExample example = SegExample.of(folder.resolve("series"), oblique(), kind);
        Path file = example.write(folder.resolve("seg.dcm"));
        Geometry grid = example.labels().geometry();
        Affine shifted = grid.affine().times(Affine.of(1, 0, 0, 0.3, 0, 1, 0, 0, 0, 0, 1, 0));

        assertThatThrownBy(() -> new SegReader().read(file, new Geometry(grid.shape(), shifted)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("does not lie on the grid");
    }

    @ParameterizedTest
    @EnumSource(SegKind.class)
    void aWholeVoxelOffIsAnotherLabelMap(SegKind kind) {
        SegExample example = SegExample.of(folder.resolve("series"), oblique(), kind);
        Path file = example.write(folder.resolve("seg.dcm"));
        Geometry grid = example.labels().geometry();
        // One slice less at the lower end, which has no frame.
        Affine shifted = grid.affine().times(Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1));

        assertThatArray(new SegReader()
                        .read(file, new Geometry(grid.shape(), shifted))
                        .labels())
                .isNotEqualTo(example.numbers());
    }
}
