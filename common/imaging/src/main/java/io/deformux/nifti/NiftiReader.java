package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.volumefile.FileReading;
import io.deformux.volumefile.GzipInput;
import io.deformux.volumefile.LabelValues;
import io.deformux.volumefile.StoredVoxels;
import io.deformux.volumefile.VolumeReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads NIfTI-1 and NIfTI-2 as a single file, or in a folder as a pair of header and image, plain or gzip by content, either byte order, all integer types and float32 and
 * float64. Three axes; further ones must have size 1 (but see {@link #readSeries}). Voxel sizes are taken as millimetres; a header that says
 * metres or micrometres, or nothing with a size that nobody has in millimetres, is refused. Up to 1 MiB behind the voxels is passed over.
 *
 * <p>Whatever the bytes, the outcome is a result or a {@link JobException} with one of {@link
 * FailureCode#INPUT_NOT_FOUND}, {@link FailureCode#INPUT_TRUNCATED}, {@link FailureCode#INPUT_TOO_LARGE} (before memory
 * is taken), {@link FailureCode#NIFTI_MAGIC_WRONG}, {@link FailureCode#NIFTI_HEADER_INVALID}, {@link
 * FailureCode#AFFINE_INVALID}, or {@link FailureCode#STORAGE_DENIED} and {@link FailureCode#STORAGE_UNAVAILABLE} when
 * the disk fails. Messages carry no path.
 *
 * <p>Any number of threads may share one.
 */
public final class NiftiReader implements VolumeReader {
    private final long maxVoxels;

    /**
     * A reader with a limit.
     *
     * @param maxVoxels scans with more voxels are refused; a voxel takes 4 bytes of heap
     */
    public NiftiReader(long maxVoxels) {
        if (maxVoxels < 1) {
            throw new IllegalArgumentException("maxVoxels must be positive, not " + maxVoxels);
        }
        this.maxVoxels = maxVoxels;
    }

    /** The grid of a file; reads its header only. */
    public Geometry readGeometry(Path file) {
        return open(file, (in, size) -> header(in).geometry());
    }

    @Override
    public boolean knows(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (!FileReading.isGzip(in)) {
                return RawHeader.startsIn(in);
            }
            try (InputStream gzip = new GzipInput(in)) {
                return RawHeader.startsIn(gzip);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** The scan in a file, scaled by its slope and intercept. */
    @Override
    public Volume read(Path file) {
        return open(file, (in, available) -> {
            NiftiHeader header = header(in);
            long voxelBytes = available - header.dataOffset();
            float[] voxels = header.stored().read(in, voxelBytes);
            requireEnd(in);
            return new Volume(header.geometry(), voxels);
        });
    }

    /**
     * The volumes of a file that lie one behind the other along its fourth axis, as the sequences of an examination do in the
     * Medical Segmentation Decathlon; one where the file has three axes.
     *
     * @param most how many to take
     * @throws JobException also {@link FailureCode#NIFTI_HEADER_INVALID} if there are more
     */
    public List<Volume> readSeries(Path file, int most) {
        return open(file, (in, available) -> {
            RawHeader raw = RawHeader.read(in);
            if (raw.volumes() > most) {
                throw new JobException(
                        FailureCode.NIFTI_HEADER_INVALID,
                        "axis 4 has " + raw.volumes() + " entries where at most " + most + " are taken");
            }
            NiftiHeader header = NiftiHeader.of(raw.ofOneVolume(), maxVoxels);
            in.skipNBytes(header.dataOffset() - RawHeader.size(raw.version()));
            long left = available - header.dataOffset();
            List<Volume> volumes = new ArrayList<>();
            for (int n = 0; n < raw.volumes(); n++) {
                volumes.add(new Volume(header.geometry(), header.stored().read(in, left)));
                left -= header.stored().bytes();
            }
            requireEnd(in);
            return volumes;
        });
    }

    /** As {@link #read}, or a pair: an {@code .hdr} whose voxels are in the {@code .img} of its name, either gzipped. */
    @Override
    public Volume readInFolder(Path file) {
        RawHeader raw = rawHeader(file);
        return raw.split() ? readPair(raw, NiftiPair.image(file)) : read(file);
    }

    @Override
    public Path voxels(Path file) {
        return rawHeader(file).split() ? NiftiPair.image(file) : file;
    }

    private static RawHeader rawHeader(Path file) {
        return open(file, (in, available) -> RawHeader.readAnyMagic(in));
    }

    private Volume readPair(RawHeader raw, Path image) {
        NiftiHeader header = NiftiHeader.of(raw, maxVoxels);
        return open(image, (in, available) -> {
            in.skipNBytes(header.dataOffset());
            float[] voxels = header.stored().read(in, available - header.dataOffset());
            requireEnd(in);
            return new Volume(header.geometry(), voxels);
        });
    }

    /**
     * The label map in a file: after scaling every voxel must be an integer from 0 to 255 (within 1e-4), whatever the
     * stored type.
     *
     * @throws JobException {@link FailureCode#NIFTI_HEADER_INVALID} if one is not
     */
    @Override
    public LabelMap readLabels(Path file) {
        return open(file, (in, available) -> {
            NiftiHeader header = header(in);
            Shape3 shape = header.geometry().shape();
            byte[] labels = header.stored().allocate(available - header.dataOffset(), byte[]::new, Byte.BYTES);
            header.stored().forEachRow(in, (row, j, k, planes) -> {
                for (int i = 0; i < shape.d(); i++) {
                    int to = shape.index(i, j, k);
                    for (int p = 0; p < planes; p++) {
                        labels[to + p] = LabelValues.of(row[p * shape.d() + i], FailureCode.NIFTI_HEADER_INVALID);
                    }
                }
            });
            requireEnd(in);
            return new LabelMap(header.geometry(), labels);
        });
    }

    private NiftiHeader header(InputStream in) throws IOException {
        RawHeader raw = RawHeader.read(in);
        NiftiHeader header = NiftiHeader.of(raw, maxVoxels);
        in.skipNBytes(header.dataOffset() - RawHeader.size(raw.version()));
        return header;
    }

    private static void requireEnd(InputStream in) throws IOException {
        FileReading.requireEnd(in, FailureCode.NIFTI_HEADER_INVALID);
    }

    /** Reads the decompressed stream of a file, and how many bytes that can give at most. */
    private static <T> T open(Path file, FileReading<T> reading) {
        return FileReading.of(file, "NIfTI", (in, size) -> {
            if (!FileReading.isGzip(in)) {
                return reading.from(in, size);
            }
            try (InputStream gzip = new GzipInput(in)) {
                return reading.from(gzip, size * StoredVoxels.DEFLATE_LIMIT);
            }
        });
    }
}
