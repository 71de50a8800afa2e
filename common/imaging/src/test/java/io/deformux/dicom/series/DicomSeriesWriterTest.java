package io.deformux.dicom.series;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.volume.Affine;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomSeriesWriterTest {
    @TempDir
    Path folder;

    @Test
    void anObliqueVolumeReadsBackAsWritten() {
        // Turned by 30 degrees about x, then by 40 about z; determinant positive in DICOM's axes as in RAS+.
        double a = Math.toRadians(30);
        double c = Math.toRadians(40);
        Affine turn = Affine.of(Math.cos(c), -Math.sin(c), 0, 0, Math.sin(c), Math.cos(c), 0, 0, 0, 0, 1, 0)
                .times(Affine.of(1, 0, 0, 0, 0, Math.cos(a), -Math.sin(a), 0, 0, Math.sin(a), Math.cos(a), 0));
        Affine affine = turn.times(Affine.of(-0.7, 0, 0, 20, 0, -0.8, 0, 30, 0, 0, 3, -200));
        Volume written = SyntheticSeries.volume(9, 7, 5, affine);
        Volume read = writeAndRead(written);
        assertThatArray(read.voxels()).isEqualTo(written.voxels());
        DicomSeriesReaderTest.assertSameAffine(read.geometry().affine(), affine);
    }

    @Test
    void aFeetFirstVolumeReadsBackInAscendingOrderAlongTheNormal() {
        // Columns to the right, rows to posterior: the normal points to the feet, and k as written runs against it.
        Affine affine = Affine.of(0.7, 0, 0, -20, 0, -0.8, 0, 30, 0, 0, 3, -200);
        Volume written = SyntheticSeries.volume(9, 7, 5, affine);
        Volume read = writeAndRead(written);
        DicomSeriesReaderTest.assertSameAffine(
                read.geometry().affine(), affine.times(Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 4)));
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 7; j++) {
                for (int k = 0; k < 5; k++) {
                    assertThat(read.at(i, j, k)).isEqualTo(written.at(i, j, 4 - k));
                }
            }
        }
    }

    private Volume writeAndRead(Volume volume) {
        new DicomSeriesWriter().write(folder, volume, "round trip");
        return new DicomSeriesReader(DicomLimits.defaults())
                .read(folder, Optional.empty())
                .volume();
    }
}
