package io.deformux.nifti;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.testing.format.NiftiBytes;
import io.deformux.volume.Affine;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiReaderTest {
    private static final int[] COUNTING = IntStream.range(0, 24).toArray();

    @TempDir
    Path folder;

    private final NiftiReader reader = new NiftiReader(1 << 24);

    static Stream<Arguments> versionsAndOrders() {
        return Stream.of(1, 2).flatMap(version -> Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                .map(order -> Arguments.of(version, order)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndOrders")
    void readsBothVersionsInBothByteOrdersPlainAndCompressed(int version, ByteOrder order) {
        NiftiBytes nifti = new NiftiBytes(version, order).shorts(COUNTING);

        for (byte[] bytes : List.of(nifti.plain(), nifti.gzip())) {
            Volume volume = reader.read(file(bytes));

            assertThat(volume.geometry().shape()).isEqualTo(new Shape3(2, 3, 4));
            assertThat(volume.at(1, 0, 0)).isEqualTo(1);
            assertThat(volume.at(0, 1, 0)).isEqualTo(2);
            assertThat(volume.at(0, 0, 1)).isEqualTo(6);
            assertThat(volume.at(1, 2, 3)).isEqualTo(23);
            assertThatArray(volume.geometry().affine().spacing()).containsExactly(1.5, 2, 2.5);
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndOrders")
    void theVolumesOfAFourthAxisAreASeries(int version, ByteOrder order) {
        int[] counting = IntStream.range(0, 72).toArray();
        NiftiBytes nifti = new NiftiBytes(version, order)
                .dim(4, 2, 3, 4, 3)
                .shorts(counting)
                .scaling(2, 1);

        for (byte[] bytes : List.of(nifti.plain(), nifti.gzip())) {
            List<Volume> series = reader.readSeries(file(bytes), 3);

            assertThat(series).hasSize(3).allSatisfy(volume -> assertThat(volume.geometry())
                    .isEqualTo(series.get(0).geometry()));
            assertThat(series.get(0).at(1, 0, 0)).isEqualTo(3);
            assertThat(series.get(2).at(1, 2, 3)).isEqualTo(2 * 71 + 1);
        }
        assertThatThrownBy(() -> reader.readSeries(file(nifti.plain()), 2))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("axis 4 has 3 entries");
        assertThatThrownBy(() -> reader.readSeries(file(Arrays.copyOf(nifti.plain(), nifti.plain().length - 1)), 3))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INPUT_TRUNCATED));
        assertThat(reader.readSeries(file(new NiftiBytes(version, order).plain()), 3))
                .hasSize(1);
    }

    static Stream<Shape3> shapes() {
        return Stream.of(
                new Shape3(5, 4, 37), // several blocks of planes, the last one not full
                new Shape3(1, 1, 50),
                new Shape3(7, 1, 16),
                new Shape3(3000, 3000, 1)); // a plane that takes two blocks
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyVoxelGoesToItsPlace(Shape3 shape) {
        int[] inFileOrder = new int[shape.length()];
        int at = 0;
        for (int k = 0; k < shape.w(); k++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int i = 0; i < shape.d(); i++) {
                    inFileOrder[at++] = value(i, j, k);
                }
            }
        }
        NiftiBytes nifti = NiftiBytes.version1()
                .dim(3, shape.d(), shape.h(), shape.w())
                .units(2)
                .shorts(inFileOrder);

        Volume volume = reader.read(file(nifti.plain()));

        int wrong = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    wrong += volume.at(i, j, k) == value(i, j, k) ? 0 : 1;
                }
            }
        }
        assertThat(wrong).as("voxels out of place").isZero();
    }

    private static int value(int i, int j, int k) {
        return (i * 31 + j * 1009 + k * 7919) & 0x7fff;
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(2, 1, new long[] {0, 200, 255}, new double[] {0, 200, 255}),
                Arguments.of(256, 1, new long[] {0, 127, -128}, new double[] {0, 127, -128}),
                Arguments.of(4, 2, new long[] {-32768, 1, 32767}, new double[] {-32768, 1, 32767}),
                Arguments.of(512, 2, new long[] {0, 40000, 65535}, new double[] {0, 40000, 65535}),
                Arguments.of(8, 4, new long[] {-70000, 1, 70000}, new double[] {-70000, 1, 70000}),
                Arguments.of(768, 4, new long[] {0, 1, 0xffffffffL}, new double[] {0, 1, 4294967295.0}),
                Arguments.of(1024, 8, new long[] {-1L << 40, 1, 1L << 40}, new double[] {-0x1p40, 1, 0x1p40}),
                Arguments.of(1280, 8, new long[] {0, 1, -1}, new double[] {0, 1, 0x1p64}),
                Arguments.of(
                        16, 4, new long[] {Float.floatToIntBits(-1.5f), Float.floatToIntBits(0.1f), 0}, new double[] {
                            -1.5, 0.1f, 0
                        }),
                Arguments.of(
                        64,
                        8,
                        new long[] {Double.doubleToLongBits(-1.5), Double.doubleToLongBits(0.1), 0},
                        new double[] {-1.5, 0.1f, 0}));
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsEveryIntegerAndRealType(int code, int bytes, long[] stored, double[] values) {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            ByteBuffer data = ByteBuffer.allocate(3 * bytes).order(order);
            for (long value : stored) {
                switch (bytes) {
                    case 1 -> data.put((byte) value);
                    case 2 -> data.putShort((short) value);
                    case 4 -> data.putInt((int) value);
                    default -> data.putLong(value);
                }
            }
            NiftiBytes nifti = new NiftiBytes(1, order)
                    .dim(3, 3, 1, 1)
                    .type(code, 8 * bytes)
                    .data(data.array());

            float[] voxels = reader.read(file(nifti.plain())).voxels();

            assertThatArray(voxels).containsExactly((float) values[0], (float) values[1], (float) values[2]);
        }
    }

    @Test
    void scalesBySlopeAndIntercept() {
        NiftiBytes nifti = NiftiBytes.version1().shorts(COUNTING).scaling(2, -1024);

        assertThat(reader.read(file(nifti.plain())).at(1, 2, 3)).isEqualTo(23 * 2 - 1024);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY})
    void doesNotScaleWithoutAUsableSlope(double slope) {
        NiftiBytes nifti = NiftiBytes.version1().shorts(COUNTING).scaling(slope, 5);

        assertThat(reader.read(file(nifti.plain())).at(1, 2, 3)).isEqualTo(23);
    }

    @ParameterizedTest
    @MethodSource("versionsAndOrders")
    void takesTheSformFirst(int version, ByteOrder order) {
        double[] rows = {-1.5, 0.25, 0, 10, 0, 2, 0, -20, 0, 0, 2.5, 30};
        NiftiBytes nifti = new NiftiBytes(version, order)
                .sform(2, rows)
                .qform(1, 0, 0, 0, 1, 2, 3)
                .pixdim(1, 0, 0, 0);

        assertThat(reader.readGeometry(file(nifti.plain())).affine()).isEqualTo(Affine.of(rows));
    }

    @ParameterizedTest
    @MethodSource("versionsAndOrders")
    void takesTheQformNext(int version, ByteOrder order) {
        double h = Math.sqrt(0.5); // a quarter turn about z: x to y, y to -x
        NiftiBytes nifti = new NiftiBytes(version, order)
                .sform(0, 9, 0, 0, 0, 0, 9, 0, 0, 0, 0, 9, 0)
                .qform(1, 0, 0, h, 10, -20, 30)
                .pixdim(-1, 1.5, 2, 2.5);

        double[] affine = reader.readGeometry(file(nifti.plain())).affine().toArray();

        assertThatArray(affine)
                .isCloseTo(new double[] {0, -2, 0, 10, 1.5, 0, 0, -20, 0, 0, -2.5, 30, 0, 0, 0, 1}, 1e-6);
    }

    @Test
    void withoutEitherTheFirstAxisRunsLeftAndTheCentreIsTheOrigin() {
        Affine affine = reader.readGeometry(file(NiftiBytes.version1().plain())).affine();

        assertThat(affine).isEqualTo(Affine.of(-1.5, 0, 0, 0.75, 0, 2, 0, -2, 0, 0, 2.5, -3.75));
        assertThatArray(affine.apply(0.5, 1, 1.5)).containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("versionsAndOrders")
    void passesOverExtensions(int version, ByteOrder order) {
        NiftiBytes nifti = new NiftiBytes(version, order).extension(64).shorts(COUNTING);

        assertThat(reader.read(file(nifti.gzip())).at(1, 2, 3)).isEqualTo(23);
    }

    @Test
    void takesAnOffsetOfZeroAsTheUsualOne() {
        NiftiBytes nifti = NiftiBytes.version1().shorts(COUNTING).voxOffset(0);

        assertThat(reader.read(file(nifti.plain())).at(1, 2, 3)).isEqualTo(23);
    }

    @Test
    void takesFurtherAxesOfSizeOne() {
        NiftiBytes nifti = NiftiBytes.version1().dim(5, 2, 3, 4, 1, 1).shorts(COUNTING);

        assertThat(reader.read(file(nifti.plain())).geometry().shape()).isEqualTo(new Shape3(2, 3, 4));
    }

    @Test
    void readsSeveralGzipMembersAsOneFile() {
        byte[] plain = NiftiBytes.version1().shorts(COUNTING).plain();
        byte[] first = NiftiBytes.gzip(Arrays.copyOf(plain, 360));
        byte[] second = NiftiBytes.gzip(Arrays.copyOfRange(plain, 360, plain.length));
        byte[] both = ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();

        assertThat(reader.read(file(both)).at(1, 2, 3)).isEqualTo(23);
    }

    @Test
    void readsLabelsStoredAsIntegersOrReals() {
        NiftiBytes integers = NiftiBytes.version1().shorts(COUNTING).scaling(10, 1);
        ByteBuffer reals = ByteBuffer.allocate(4 * 24).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : COUNTING) {
            reals.putFloat(value == 23 ? 255.00001f : value);
        }

        LabelMap fromIntegers = reader.readLabels(file(integers.plain()));
        LabelMap fromReals = reader.readLabels(
                file(NiftiBytes.version1().type(16, 32).data(reals.array()).plain()));

        assertThat(fromIntegers.at(1, 2, 3)).isEqualTo(231);
        assertThat(fromIntegers.at(0, 0, 1)).isEqualTo(61);
        assertThat(fromReals.at(1, 2, 3)).isEqualTo(255);
        assertThat(fromReals.at(0, 1, 0)).isEqualTo(2);
    }

    private Path file(byte[] bytes) {
        return NiftiBytes.write(folder.resolve("scan"), bytes);
    }
}
