package io.deformux.worker.train.preparation;

import io.deformux.volume.Shape3;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One prepared image with its labels, mapped into memory: the operating system loads what is looked at and drops it
 * again. Any number of threads may read.
 *
 * <p>The file: the letters {@code DFUXCAS1}, the three sizes as int32, the intensity of what surrounds a
 * patient as float32, the three spacings in mm as float64 (zeros
 * in files of older versions), zeros up to byte 64, the image as float32, the labels as uint8; little endian, last axis
 * fastest.
 */
public final class PreparedCase {
    private static final byte[] MAGIC = "DFUXCAS1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 64;
    private static final int SURROUNDINGS = 20;
    private static final int SPACING = 24;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String id;
    private final Shape3 shape;
    private final float surroundings;
    private final double[] spacing;
    private final FloatBuffer image;
    private final ByteBuffer labels;

    private PreparedCase(
            String id, Shape3 shape, float surroundings, double[] spacing, FloatBuffer image, ByteBuffer labels) {
        this.id = id;
        this.shape = shape;
        this.surroundings = surroundings;
        this.spacing = spacing;
        this.image = image;
        this.labels = labels;
    }

    /** A case of 1 mm voxels in plain memory with 0 around it; the arrays are held, not copied. */
    public static PreparedCase of(String id, Shape3 shape, float[] image, byte[] labels) {
        return new PreparedCase(id, shape, 0, new double[] {1, 1, 1}, FloatBuffer.wrap(image), ByteBuffer.wrap(labels));
    }

    /**
     * Writes a new file and forces it to the disk. By writes and not through a map: where the disk is full, a map of a file that
     * has no blocks ends in an {@link InternalError}.
     */
    static void write(Path file, Shape3 shape, float surroundings, double[] spacing, float[] image, byte[] labels)
            throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            header.put(MAGIC)
                    .putInt(shape.d())
                    .putInt(shape.h())
                    .putInt(shape.w())
                    .putFloat(surroundings);
            for (double mm : spacing) {
                header.putDouble(mm);
            }
            header.position(0);
            writeFully(out, header);
            writeFully(out, image);
            writeFully(out, ByteBuffer.wrap(labels));
            out.force(true);
        }
    }

    private static void writeFully(FileChannel out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (int from = 0; from < values.length; from += floats.capacity()) {
            int count = Math.min(floats.capacity(), values.length - from);
            floats.clear().put(values, from, count);
            writeFully(out, bytes.clear().limit(count * Float.BYTES));
        }
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /**
     * Opens a file.
     *
     * @param id what to call the case
     * @throws IOException if it is no such file or not all of it
     */
    static PreparedCase open(String id, Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            in.read(header, 0);
            for (int n = 0; n < MAGIC.length; n++) {
                if (header.get(n) != MAGIC[n]) {
                    throw new IOException("no prepared case");
                }
            }
            Shape3 shape = new Shape3(header.getInt(8), header.getInt(12), header.getInt(16));
            long imageBytes = Float.BYTES * shape.voxels();
            if (in.size() != HEADER + imageBytes + shape.voxels()) {
                throw new IOException("a prepared case of the wrong length");
            }
            return new PreparedCase(
                    id,
                    shape,
                    header.getFloat(SURROUNDINGS),
                    new double[] {
                        header.getDouble(SPACING),
                        header.getDouble(SPACING + Double.BYTES),
                        header.getDouble(SPACING + 2 * Double.BYTES)
                    },
                    in.map(MapMode.READ_ONLY, HEADER, imageBytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer(),
                    in.map(MapMode.READ_ONLY, HEADER + imageBytes, shape.voxels()));
        }
    }

    /** The case's id. */
    public String id() {
        return id;
    }

    /** The size of the prepared image. */
    public Shape3 shape() {
        return shape;
    }

    /** Voxel spacing along the three axes in mm; zeros where an older version has prepared the case. */
    public double[] spacing() {
        return spacing.clone();
    }

    /** The intensity of what surrounds a patient, air in most cases. */
    public float surroundings() {
        return surroundings;
    }

    /** The intensity of a voxel as the network sees it; {@code index} as {@link Shape3#index} gives it. */
    public float image(int index) {
        return image.get(index);
    }

    /** The class of a voxel. */
    public byte label(int index) {
        return labels.get(index);
    }

    /** Copies {@code count} intensities from {@code index} on. */
    public void image(int index, float[] to, int at, int count) {
        image.get(index, to, at, count);
    }

    /** Copies {@code count} classes from {@code index} on. */
    public void labels(int index, byte[] to, int at, int count) {
        labels.get(index, to, at, count);
    }

    /** All intensities, a new array. */
    public float[] image() {
        float[] all = new float[shape.length()];
        image.get(0, all);
        return all;
    }

    /** All classes, a new array. */
    public byte[] labels() {
        byte[] all = new byte[shape.length()];
        labels.get(0, all);
        return all;
    }
}
