package io.deformux.worker.infer.probability;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fractions from 0 to 1 of an image, plane by plane in a file, each in 16 bits. First one thread appends planes, then any
 * number of threads read. It owns the open file; close it.
 */
final class MapFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MapFile.class);
    private static final float MOST = 65535;
    private static final long MAPPED_AT_ONCE = 1L << 30;

    private final FileChannel file;
    private final int area;
    private final int planesAtOnce;
    private final ByteBuffer buffer;
    private List<ByteBuffer> mapped = List.of();

    /**
     * A file that is empty.
     *
     * @param area the voxels of a plane
     */
    MapFile(Path path, int area) {
        this(path, area, MAPPED_AT_ONCE);
    }

    /** The same that reads so many bytes or a plane at once. */
    MapFile(Path path, int area, long mappedAtOnce) {
        this.area = area;
        this.planesAtOnce = (int) Math.max(1, mappedAtOnce / (2L * area));
        this.buffer = ByteBuffer.allocate(Math.multiplyExact(2, area)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            file = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Appends the next plane, which begins at {@code from} of the values. */
    void append(float[] values, int from) {
        for (int n = 0; n < area; n++) {
            buffer.putShort(2 * n, (short) (Math.min(1, Math.max(0, values[from + n])) * MOST + 0.5f));
        }
        try {
            buffer.clear();
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The end of appending. */
    void complete() {
        List<ByteBuffer> parts = new ArrayList<>();
        try {
            long size = file.size();
            long most = 2L * area * planesAtOnce;
            for (long at = 0; at < size; at += most) {
                parts.add(file.map(MapMode.READ_ONLY, at, Math.min(most, size - at))
                        .order(ByteOrder.LITTLE_ENDIAN));
            }
        } catch (IOException e) {
            throw failed(e);
        }
        mapped = List.copyOf(parts);
    }

    /** The value of a voxel of a plane. */
    float at(int plane, int voxel) {
        ByteBuffer part = mapped.get(plane / planesAtOnce);
        return (part.getShort(2 * (plane % planesAtOnce * area + voxel)) & 0xffff) / MOST;
    }

    /** Its disk is free from then on, though memory stays mapped to it until the garbage collector comes round. */
    @Override
    public void close() {
        try (file) {
            file.truncate(0);
        } catch (IOException e) {
            LOG.debug("The disk of a map is free once its memory is", e); // Windows keeps what is mapped
        }
    }

    private static JobException failed(IOException e) {
        return new JobException(
                DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                "the probabilities could not be kept in the scratch folder: check its disk",
                e);
    }
}
