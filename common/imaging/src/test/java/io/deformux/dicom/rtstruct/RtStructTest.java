package io.deformux.dicom.rtstruct;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.seg.SegExample;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RtStructTest {
    private static final Affine UPRIGHT = Affine.of(-0.7, 0, 0, 31, 0, -0.9, 0, 13, 0, 0, 2.5, -40);
    private static final Affine FEET_FIRST = Affine.of(0.7, 0, 0, -31, 0, -0.9, 0, 13, 0, 0, -2.5, 40);

    @TempDir
    Path folder;

    @Test
    void everyVoxelReadsBackInItsPlaceAlsoFromFeetFirst() {
        for (Affine affine : List.of(UPRIGHT, FEET_FIRST)) {
            SegExample example = SegExample.of(folder.resolve(affine.toString()), affine, SegKind.BINARY);

            assertThatArray(new RtStructReader()
                            .read(write(example), example.labels().geometry())
                            .labels())
                    .isEqualTo(example.labels().labels());
        }
    }

    @Test
    void aStructureHasNumberNameColourAndTheImagesOfItsContours() {
        SegExample example = SegExample.of(folder.resolve("series"), UPRIGHT, SegKind.BINARY);
        DataSet object = header(write(example));

        assertThat(object.items(Tag.STRUCTURE_SET_ROI_SEQUENCE))
                .extracting(item -> item.integer(Tag.ROI_NUMBER, 0))
                .containsExactly(1, 3, 4);
        DataSet drawn = object.items(Tag.ROI_CONTOUR_SEQUENCE).get(2);
        assertThat(drawn.items(Tag.CONTOUR_SEQUENCE)).allSatisfy(contour -> {
            assertThat(contour.codes(Tag.CONTOUR_GEOMETRIC_TYPE)).containsExactly("CLOSED_PLANAR");
            assertThat(contour.items(Tag.CONTOUR_IMAGE_SEQUENCE).get(0).uid(Tag.REFERENCED_SOP_INSTANCE_UID))
                    .isEqualTo(example.series().info().instances().get(4).sopInstanceUid());
        });
        assertThat(object.uid(Tag.STUDY_INSTANCE_UID))
                .isEqualTo(example.series().info().studyInstanceUid());
        assertThat(object.items(Tag.REFERENCED_FRAME_OF_REFERENCE_SEQUENCE)
                        .get(0)
                        .uid(Tag.FRAME_OF_REFERENCE_UID))
                .isEqualTo(example.series().info().frameOfReferenceUid().orElseThrow());
    }

    @Test
    void aContourOfAnInterpolatedSliceNamesNoImage() throws IOException {
        Path series = folder.resolve("series");
        SegExample whole = SegExample.of(series, UPRIGHT, SegKind.BINARY);
        String removed = whole.series().info().instances().get(2).sopInstanceUid();
        try (Stream<Path> files = Files.list(series)) {
            for (Path file : files.toList()) {
                if (header(file).uid(Tag.SOP_INSTANCE_UID).equals(removed)) {
                    Files.delete(file);
                }
            }
        }
        DicomSeries resampled = new DicomSeriesReader(DicomLimits.defaults())
                .read(series, Optional.empty(), Optional.empty(), UnevenSlices.RESAMPLE);
        DataSet object = header(write(SegExample.of(resampled, whole.labels(), SegKind.BINARY)));

        assertThat(object.items(Tag.ROI_CONTOUR_SEQUENCE).get(0).items(Tag.CONTOUR_SEQUENCE))
                .isNotEmpty()
                .noneMatch(contour -> contour.has(Tag.CONTOUR_IMAGE_SEQUENCE));
    }

    @Test
    void segmentationAndStructuresOfASourceWithoutAFrameOfReferenceLieInOneSpace() {
        SegExample named = SegExample.of(folder.resolve("series"), UPRIGHT, SegKind.BINARY);
        SeriesInfo info = named.series().info();
        SeriesInfo without = new SeriesInfo(
                info.modality(),
                info.studyInstanceUid(),
                info.seriesInstanceUid(),
                Optional.empty(),
                info.transferSyntaxUids(),
                info.instances());
        SegExample example = new SegExample(
                new DicomSeries(
                        named.series().volume(),
                        without,
                        named.series().source(),
                        named.series().passedOver(),
                        named.series().warnings()),
                named.labels(),
                named.segments(),
                named.description());

        assertThat(header(write(example)).uid(Tag.FRAME_OF_REFERENCE_UID))
                .isEqualTo(header(example.write(folder.resolve("seg.dcm"))).uid(Tag.FRAME_OF_REFERENCE_UID));
    }

    @Test
    void theSameJobGivesTheSameBytes() throws IOException {
        SegExample example = SegExample.of(folder.resolve("series"), UPRIGHT, SegKind.BINARY);

        byte[] first = Files.readAllBytes(write(example));

        assertThat(write(example)).hasBinaryContent(first);
    }

    @Test
    void contoursBesideTheGridAreRefused() {
        SegExample example = SegExample.of(folder.resolve("series"), UPRIGHT, SegKind.BINARY);
        Path file = write(example);
        Geometry shifted = new Geometry(
                example.labels().geometry().shape(), Affine.of(-0.7, 0, 0, 31, 0, -0.9, 0, 13, 0, 0, 2.5, -41));

        assertThatThrownBy(() -> new RtStructReader().read(file, shifted)).isInstanceOf(JobException.class);
    }

    private Path write(SegExample example) {
        Path file = folder.resolve("structures.dcm");
        new RtStructWriter()
                .write(
                        file,
                        example.labels(),
                        example.segments(),
                        example.series().info(),
                        example.series().source(),
                        example.description().making());
        return file;
    }

    private static DataSet header(Path file) {
        try (DicomFile open = DicomFile.open(file, 1 << 24).orElseThrow()) {
            return open.header();
        }
    }
}
