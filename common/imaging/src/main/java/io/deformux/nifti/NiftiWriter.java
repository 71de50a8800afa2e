package io.deformux.nifti;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.volumefile.FileOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes little-endian single-file NIfTI: NIfTI-1, or NIfTI-2 where an axis has more than 32767 voxels. Compressed when
 * the name ends in {@code .gz}; the same content always gives the same bytes.
 *
 * <p>The affine goes into the sform with code 2 (aligned), as the reference does. NIfTI-1 holds it as float32: exact if
 * it came from a NIfTI-1 sform, else (DICOM) off by less than 0.0001 mm within a metre of the origin, far below what
 * matters and not worth a NIfTI-2 that some viewers cannot open. Where a qform can say the same to within 0.05 mm,
 * it is written too (also code 2): ITK based viewers refuse an sform that rounding makes look sheared unless there is
 * one. Elsewhere (shear) its code is 0.
 *
 * <p>A file appears under its name only when it is whole: it is written beside it and moved. Failures are {@link
 * JobException} with {@link FailureCode#OUTPUT_FAILED}. Any number of threads may share one.
 */
public final class NiftiWriter {
    private static final int ALIGNED = 2;
    private static final int MILLIMETRES = 2;
    private static final int LABEL = 1002;

    /** The noise of a scan packs no better at a third of the speed. */
    private static final int QUICK = 3;

    /** Writes the classes as uint8. */
    public void write(LabelMap labels, Path file) {
        byte[] classes = labels.labels();
        Start start = Start.PLAIN;
        write(labels.geometry(), NiftiType.UINT8, start, file, (from, to, at) -> to.put(at, classes[from]));
    }

    /** The same with what the classes are called, as intent (label) and header extension. */
    public void write(LabelMap labels, LabelTable names, Path file) {
        byte[] classes = labels.labels();
        Start start = new Start(LABEL, names.extension(), 1);
        write(labels.geometry(), NiftiType.UINT8, start, file, (from, to, at) -> to.put(at, classes[from]));
    }

    /** Writes 1 where the class is {@code value} and 0 elsewhere, as uint8. */
    public void writeMask(LabelMap labels, int value, Path file) {
        byte[] classes = labels.labels();
        Start start = new Start(LABEL, new byte[0], 1);
        write(
                labels.geometry(),
                NiftiType.UINT8,
                start,
                file,
                (from, to, at) -> to.put(at, (byte) ((classes[from] & 0xff) == value ? 1 : 0)));
    }

    /** Writes the values as float32, unscaled. */
    public void write(Volume volume, Path file) {
        float[] voxels = volume.voxels();
        Start start = Start.PLAIN;
        write(volume.geometry(), NiftiType.FLOAT32, start, file, (from, to, at) -> to.putFloat(at, voxels[from]));
    }

    /** Writes the values as int16 where each of them is one, in half the space; else as float32. */
    public void writeExactly(Volume volume, Path file) {
        float[] voxels = volume.voxels();
        if (areShorts(voxels)) {
            Encoder encoder = (from, to, at) -> to.putShort(at, (short) voxels[from]);
            write(volume.geometry(), NiftiType.INT16, Start.PLAIN, file, QUICK, encoder);
        } else {
            Encoder encoder = (from, to, at) -> to.putFloat(at, voxels[from]);
            write(volume.geometry(), NiftiType.FLOAT32, Start.PLAIN, file, QUICK, encoder);
        }
    }

    private static boolean areShorts(float[] voxels) {
        for (float value : voxels) {
            if (value != (short) value) {
                return false;
            }
        }
        return true;
    }

    /** A value from 0 to 1 for each voxel. */
    public interface Fractions {
        /** The value of voxel (i, j, k). */
        float at(int i, int j, int k);
    }

    /** Writes fractions as uint8 of 255ths; each is asked for once, by this thread. */
    public void writeIn8Bits(Geometry geometry, Fractions values, Path file) {
        Start start = new Start(0, new byte[0], 1 / 255.0);
        write(
                geometry,
                NiftiType.UINT8,
                start,
                file,
                (from, to, at) -> to.put(at, (byte) Math.round(255 * at(geometry.shape(), values, from))));
    }

    /** The same as uint16 of 65535ths. */
    public void writeIn16Bits(Geometry geometry, Fractions values, Path file) {
        Start start = new Start(0, new byte[0], 1 / 65535.0);
        write(
                geometry,
                NiftiType.UINT16,
                start,
                file,
                (from, to, at) -> to.putShort(at, (short) Math.round(65535 * at(geometry.shape(), values, from))));
    }

    private static float at(Shape3 shape, Fractions values, int index) {
        return values.at(index / (shape.h() * shape.w()), index / shape.w() % shape.h(), index % shape.w());
    }

    /** What the values mean, what stands between header and voxels, and the factor from stored to real values. */
    private record Start(int intent, byte[] extension, double slope) {
        static final Start PLAIN = new Start(0, new byte[0], 1);
    }

    /** Puts element {@code from} of the array at byte {@code at}. */
    private interface Encoder {
        void put(int from, ByteBuffer to, int at);
    }

    private static void write(Geometry geometry, NiftiType type, Start start, Path file, Encoder encoder) {
        write(geometry, type, start, file, Deflater.DEFAULT_COMPRESSION, encoder);
    }

    private static void write(Geometry geometry, NiftiType type, Start start, Path file, int level, Encoder encoder) {
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try {
                try (OutputStream out = open(part, isGzip(file), level)) {
                    byte[] extension = start.extension();
                    out.write(header(geometry, type, extension.length, start.slope())
                            .toBytes(8 * type.bytes(), start.intent(), extension.length > 0));
                    out.write(extension);
                    writeVoxels(geometry.shape(), type, encoder, out);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e), "the NIfTI output could not be written", e);
        }
    }

    private static boolean isGzip(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    private static OutputStream open(Path part, boolean gzip, int level) throws IOException {
        OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return gzip ? new Gzip(out, level) : out;
    }

    /** Leaves name and time out of its header, so that the bytes depend on the content alone. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out, 1 << 16);
            def.setLevel(level);
        }
    }

    private static void writeVoxels(Shape3 shape, NiftiType type, Encoder encoder, OutputStream out)
            throws IOException {
        FileOrder order = FileOrder.of(shape, type.bytes());
        ByteBuffer block =
                ByteBuffer.allocate(order.blockVoxels() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int ni = shape.d();
        order.forEach((k, planes, j, rows) -> {
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < ni; i++) {
                    int from = shape.index(i, j + r, k);
                    for (int p = 0; p < planes; p++) {
                        encoder.put(from + p, block, ((p * rows + r) * ni + i) * type.bytes());
                    }
                }
            }
            out.write(block.array(), 0, planes * rows * ni * type.bytes());
        });
    }

    private static RawHeader header(Geometry geometry, NiftiType type, int extension, double slope) {
        Shape3 shape = geometry.shape();
        Affine affine = geometry.affine();
        int longest = Math.max(shape.d(), Math.max(shape.h(), shape.w()));
        int version = longest <= Short.MAX_VALUE ? 1 : 2;
        double[] s = affine.spacing();
        double handedness = affine.determinant() < 0 ? -1 : 1;
        Optional<double[]> qform = Placement.qform(geometry);
        return new RawHeader(
                version,
                ByteOrder.LITTLE_ENDIAN,
                new long[] {3, shape.d(), shape.h(), shape.w(), 1, 1, 1, 1},
                type.code(),
                new double[] {handedness, s[0], s[1], s[2], 1, 1, 1, 1},
                RawHeader.dataOffset(version) + extension,
                slope,
                0,
                MILLIMETRES,
                qform.isPresent() ? ALIGNED : 0,
                ALIGNED,
                qform.orElseGet(() -> new double[6]),
                Arrays.copyOf(affine.toArray(), 12),
                false);
    }
}
