package io.deformux.metaimage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Volume;
import io.deformux.volumefile.FileReading;
import io.deformux.volumefile.HeaderedReader;
import io.deformux.volumefile.StoredVoxels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * Reads MetaImage files, {@code .mha} or in a folder {@code .mhd} with its data file: three axes, binary voxels of one
 * channel, plain or compressed by zlib. Any number of threads may share one.
 */
public final class MetaImageReader extends HeaderedReader<MetaImageHeader> {
    /** The key that every header has; MetaIO looks as far for it. */
    private static final String KEY = "NDims";

    private static final int LOOKED_AT = 8000;

    private final long maxVoxels;

    /** A reader that refuses scans with more voxels. */
    public MetaImageReader(long maxVoxels) {
        super("MetaImage");
        this.maxVoxels = maxVoxels;
    }

    @Override
    public boolean knows(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
            int key = start.indexOf(KEY);
            // Text from the first byte to the key: no binary file that has the letters somewhere.
            return key >= 0
                    && start.substring(0, key).chars().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || c >= ' ');
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    protected MetaImageHeader header(InputStream in) throws IOException {
        return MetaImageHeader.read(in, maxVoxels);
    }

    @Override
    protected Optional<String> dataFile(MetaImageHeader header) {
        return header.dataFile();
    }

    @Override
    protected Volume volume(MetaImageHeader header, InputStream in, long size) throws IOException {
        StoredVoxels stored = header.stored();
        if (!header.compressed()) {
            float[] voxels = stored.read(in, size);
            FileReading.requireEnd(in, FailureCode.VOLUME_HEADER_INVALID);
            return new Volume(header.geometry(), voxels);
        }
        try (InputStream inflated = new InflaterInputStream(in)) {
            float[] voxels = stored.read(inflated, size * StoredVoxels.DEFLATE_LIMIT);
            if (inflated.read() >= 0) {
                throw new JobException(
                        FailureCode.VOLUME_HEADER_INVALID,
                        "the MetaImage file holds more voxels than its header states");
            }
            return new Volume(header.geometry(), voxels);
        }
    }
}
