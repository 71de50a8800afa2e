package io.deformux.volumefile;

import io.deformux.volume.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a format whose voxels follow their header, or lie in a file that the header names.
 *
 * @param <H> a header
 */
public abstract class HeaderedReader<H> implements VolumeReader {
    private final String format;

    /** A reader of a format that messages call so. */
    protected HeaderedReader(String format) {
        this.format = format;
    }

    /** Reads the header of a file, and leaves the stream behind it. */
    protected abstract H header(InputStream in) throws IOException;

    /** The file that a header names for its voxels. */
    protected abstract Optional<String> dataFile(H header);

    /**
     * Reads the voxels.
     *
     * @param in where they are next
     * @param size how many bytes their file has
     */
    protected abstract Volume volume(H header, InputStream in, long size) throws IOException;

    @Override
    public final Volume read(Path file) {
        return FileReading.of(file, format, (in, size) -> {
            H header = header(in);
            if (dataFile(header).isPresent()) {
                throw DataFile.elsewhere();
            }
            return volume(header, in, size);
        });
    }

    @Override
    public final Volume readInFolder(Path file) {
        H header = header(file);
        return dataFile(header)
                .map(name ->
                        FileReading.of(DataFile.beside(file, name), format, (in, size) -> volume(header, in, size)))
                .orElseGet(() -> read(file));
    }

    @Override
    public final Path voxels(Path file) {
        return dataFile(header(file)).map(name -> DataFile.beside(file, name)).orElse(file);
    }

    private H header(Path file) {
        return FileReading.of(file, format, (in, size) -> header(in));
    }
}
