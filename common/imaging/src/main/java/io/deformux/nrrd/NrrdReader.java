package io.deformux.nrrd;

import io.deformux.failure.FailureCode;
import io.deformux.volume.Volume;
import io.deformux.volumefile.FileReading;
import io.deformux.volumefile.GzipInput;
import io.deformux.volumefile.HeaderedReader;
import io.deformux.volumefile.StoredVoxels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads NRRD files, {@code .nrrd} or in a folder {@code .nhdr} with its data file: three axes in a space that says left
 * from right, raw or gzip. Any number of threads may share one.
 */
public final class NrrdReader extends HeaderedReader<NrrdHeader> {
    private final long maxVoxels;

    /** A reader that refuses scans with more voxels. */
    public NrrdReader(long maxVoxels) {
        super("NRRD");
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
    protected NrrdHeader header(InputStream in) throws IOException {
        return NrrdHeader.read(in, maxVoxels);
    }

    @Override
    protected Optional<String> dataFile(NrrdHeader header) {
        return header.dataFile();
    }

    @Override
    protected Volume volume(NrrdHeader header, InputStream in, long size) throws IOException {
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
