package io.deformux.nifti;

import static io.deformux.failure.FailureCode.AFFINE_INVALID;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
import static io.deformux.failure.FailureCode.NIFTI_HEADER_INVALID;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.JobException;
import io.deformux.parity.Fixtures;
import io.deformux.testing.format.NiftiBytes;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and streams that other readers take: the volume that is plainly there is read, another one is asked back. */
class NiftiPlainlyThereTest {
    private static final double[] QFORM = {0, 0, 0, -10, -20, -30};

    @TempDir
    Path folder;

    private final NiftiReader reader = new NiftiReader(1 << 24);

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void anAxisBehindTheThirdThatSaysZeroHasOneEntry(long size) {
        NiftiBytes nifti = numbered().dim(5, 2, 3, 4, size, 1);

        assertThat(read(nifti.plain()).geometry().shape()).isEqualTo(new Shape3(2, 3, 4));
    }

    @Test
    void anSformOfZerosLeavesTheQform() {
        NiftiBytes nifti = numbered().pixdim(1, 1.5, 2, 2.5).qform(1, QFORM).sform(1, new double[12]);

        assertThatArray(read(nifti.plain()).geometry().affine().toArray())
                .containsExactly(1.5, 0, 0, -10, 0, 2, 0, -20, 0, 0, 2.5, -30, 0, 0, 0, 1);
    }

    @Test
    void anSformThatIsBrokenOtherwiseIsRefusedAlsoBesideAQform() {
        NiftiBytes nifti = numbered().qform(1, QFORM).sform(1, Double.NaN, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0);

        assertThat(refused(nifti.plain()).code()).isEqualTo(AFFINE_INVALID);
    }

    @Test
    void zerosBehindAGzipStreamArePassedOver() {
        byte[] gzip = numbered().gzip();

        assertThatArray(read(Arrays.copyOf(gzip, gzip.length + 100_000)).voxels())
                .isEqualTo(read(gzip).voxels());
    }

    @Test
    void anythingElseBehindAGzipStreamIsDamage() {
        byte[] gzip = numbered().gzip();
        byte[] followed = Arrays.copyOf(gzip, gzip.length + 10);
        followed[followed.length - 1] = 7;

        assertThat(refused(followed).code()).isEqualTo(INPUT_TRUNCATED);
    }

    @ParameterizedTest
    @CsvSource({"0.0007, 0.0009, 0.0025", "0.0005, 0.0005, 0.01", "50, 50, 5000"})
    void aSizeThatNobodyHasIsAskedBackWhereNoUnitIsSaid(double i, double j, double k) {
        JobException refusal = refused(numbered().pixdim(1, i, j, k).plain());

        assertThat(refusal.code()).isEqualTo(NIFTI_HEADER_INVALID);
        assertThat(refusal).hasMessageContaining("xyzt_units").hasMessageContaining("set");
    }

    @Test
    void theSameSizeIsReadWhereMillimetresAreSaid() {
        NiftiBytes nifti = numbered().pixdim(1, 0.0007, 0.0009, 0.0025).units(2);

        assertThat(read(nifti.plain()).geometry().shape()).isEqualTo(new Shape3(2, 3, 4));
    }

    @Test
    void aPlausibleSizeNeedsNoUnit() {
        assertThat(read(numbered().pixdim(1, 0.05, 0.05, 1).plain()).geometry().shape())
                .isEqualTo(new Shape3(2, 3, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n-dim4-zero", "n-sform-zero-qform-valid"})
    void theCaseHasTheRightValuesOnTheRightGrid(String name) {
        Volume found = reader.read(Fixtures.data("../cases/imaging/" + name + "/input.nii"));
        Volume right = reader.read(Fixtures.data("../cases/imaging/" + name + "/right.nii.gz"));

        assertThatArray(found.geometry().affine().toArray())
                .isCloseTo(right.geometry().affine().toArray(), 0.01);
        assertThatArray(found.voxels()).isCloseTo(right.voxels(), 0.5);
    }

    @Test
    void theCaseInMetresIsAskedBack() {
        Path file = Fixtures.data("../cases/imaging/n-metres-unsaid/input.nii");

        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(file)))
                .hasMessageContaining("names no unit");
    }

    private static NiftiBytes numbered() {
        return NiftiBytes.version1().shorts(IntStream.range(0, 24).toArray());
    }

    private Volume read(byte[] bytes) {
        return reader.read(NiftiBytes.write(folder.resolve("scan"), bytes));
    }

    private JobException refused(byte[] bytes) {
        JobException refusal = catchThrowableOfType(JobException.class, () -> read(bytes));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
