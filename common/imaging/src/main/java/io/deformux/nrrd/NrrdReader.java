package io.deformux.nrrd;

import io.deformux.failure.FailureCode;
import io.deformux.volume.Volume;
import io.deformux.volumefile.DataFile;
import io.deformux.volumefile.FileReading;
import io.deformux.volumefile.GzipInput;
import io.deformux.volumefile.StoredVoxels;
import io.deformux.volumefile.VolumeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads NRRD files, {@code .nrrd} or in a folder {@code .nhdr} with its data file: three axes in a space that says left
 * from right, raw or gzip. Any number of threads may share one.
 */
public final class NrrdReader implements VolumeReader {
    private static final String FORMAT = "NRRD";

    private final long maxVoxels;

    /** A reader that refuses scans with more voxels. */
    public NrrdReader(long maxVoxels) {
        this.maxVoxels = maxVoxels;
    }

    @Override
    public boolean knows(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(NrrdHeader.MAGIC.length());
            return new String(start, StandardCharsets.ISO_8859_1).equals(NrrdHeader.MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Volume read(Path file) {
        return FileReading.of(file, FORMAT, (in, size) -> {
            NrrdHeader header = NrrdHeader.read(in, maxVoxels);
            if (header.dataFile().isPresent()) {
                throw DataFile.elsewhere();
            }
            return volume(header, in, size);
        });
    }

    @Override
    public Volume readInFolder(Path file) {
        NrrdHeader header = header(file);
        return header.dataFile().isEmpty()
                ? read(file)
                : FileReading.of(
                        DataFile.beside(file, header.dataFile().get()), FORMAT, (in, size) -> volume(header, in, size));
    }

    @Override
    public Path voxels(Path file) {
        return header(file).dataFile().map(name -> DataFile.beside(file, name)).orElse(file);
    }

    private NrrdHeader header(Path file) {
        return FileReading.of(file, FORMAT, (in, size) -> NrrdHeader.read(in, maxVoxels));
    }

    private static Volume volume(NrrdHeader header, InputStream in, long size) throws IOException {
        if (!header.gzip()) {
            return read(header, in, size);
        }
        try (InputStream gzip = new GzipInput(in)) {
            return read(header, gzip, size * StoredVoxels.DEFLATE_LIMIT);
        }
    }

    private static Volume read(NrrdHeader header, InputStream in, long available) throws IOException {
        float[] voxels = header.stored().read(in, available);
        FileReading.requireEnd(in, FailureCode.VOLUME_HEADER_INVALID);
        return new Volume(header.geometry(), voxels);
    }
}
