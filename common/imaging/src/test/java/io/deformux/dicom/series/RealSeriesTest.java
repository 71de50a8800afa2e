package io.deformux.dicom.series;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.parity.Fixtures;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real head CT, against its conversion by dcm2niix and its re-encodings by dcmtk. */
class RealSeriesTest {
    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());

    @Test
    void equalsTheIndependentConversionVoxelByVoxelInSpace() throws IOException {
        Volume nifti = nifti(Fixtures.data("ct-head/ct_head.nii.gz"));
        DicomSeries series = read("ct-head/dicom");
        Volume dicom = series.volume();
        assertThat(series.info().modality()).isEqualTo("CT");
        assertThat(series.info().instances()).hasSize(108);
        assertThat(dicom.geometry().shape()).isEqualTo(nifti.geometry().shape());

        Affine toDicom =
                dicom.geometry().affine().inverse().times(nifti.geometry().affine());
        Shape3 shape = nifti.geometry().shape();
        int different = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    double[] at = toDicom.apply(i, j, k);
                    int[] nearest = {(int) Math.round(at[0]), (int) Math.round(at[1]), (int) Math.round(at[2])};
                    if (Math.abs(at[0] - nearest[0]) + Math.abs(at[1] - nearest[1]) + Math.abs(at[2] - nearest[2])
                                    > 1e-3
                            || dicom.at(nearest[0], nearest[1], nearest[2]) != nifti.at(i, j, k)) {
                        different++;
                    }
                }
            }
        }
        assertThat(different).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "implicit-le",
                "explicit-be",
                "deflated",
                "rle",
                "jpeg-lossless-sv1",
                "jpeg-ls-lossless",
                "j2k-lossless"
            })
    void reencodedSlicesHaveTheSameVoxels(String syntax) {
        DicomSeries some = read("dicom-syntaxes/" + syntax);
        DicomSeries all = read("ct-head/dicom");
        int from = all.info().instances().indexOf(some.info().instances().get(0));
        assertThat(some.info().instances()).hasSize(4);
        assertThat(all.info().instances().subList(from, from + 4))
                .isEqualTo(some.info().instances());
        assertThatArray(some.volume().geometry().affine().apply(0, 0, 0))
                .isCloseTo(all.volume().geometry().affine().apply(0, 0, from), 1e-6);

        Shape3 shape = some.volume().geometry().shape();
        float[] expected = new float[shape.length()];
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < 4; k++) {
                    expected[shape.index(i, j, k)] = all.volume().at(i, j, from + k);
                }
            }
        }
        assertThatArray(some.volume().voxels()).isEqualTo(expected);
    }

    @Test
    void asOneMultiFrameObjectItHasTheSameVoxels(@TempDir Path folder) {
        DicomSeries slices = read("ct-head/dicom");
        Path object = EnhancedImage.write(Fixtures.data("ct-head/dicom"), folder.resolve("enhanced.dcm"));
        DicomSeries frames = reader.read(object, Optional.empty());
        assertThat(frames.volume().geometry()).isEqualTo(slices.volume().geometry());
        assertThatArray(frames.volume().voxels()).isEqualTo(slices.volume().voxels());
    }

    private DicomSeries read(String folder) {
        return reader.read(Fixtures.data(folder), Optional.empty());
    }

    /** Just enough NIfTI-1 for this one file: little endian int16, sform. */
    private static Volume nifti(Path path) throws IOException {
        ByteBuffer bytes;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
        assertThat(bytes.getShort(70)).as("int16").isEqualTo((short) 4);
        assertThat(bytes.getShort(254)).as("sform").isPositive();
        Shape3 shape = new Shape3(bytes.getShort(42), bytes.getShort(44), bytes.getShort(46));
        double[] rows = new double[12];
        for (int n = 0; n < 12; n++) {
            rows[n] = bytes.getFloat(280 + 4 * n);
        }
        int at = (int) bytes.getFloat(108);
        float slope = bytes.getFloat(112);
        float intercept = bytes.getFloat(116);
        float[] voxels = new float[shape.length()];
        for (int k = 0; k < shape.w(); k++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int i = 0; i < shape.d(); i++) {
                    voxels[shape.index(i, j, k)] = bytes.getShort(at) * slope + intercept;
                    at += 2;
                }
            }
        }
        return new Volume(new Geometry(shape, Affine.of(rows)), voxels);
    }
}
