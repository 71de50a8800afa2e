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
import java.util.Arrays;

/**
 * The prepared images of a case with its labels, mapped into memory: the operating system loads what is looked at and drops it
 * again. Any number of threads may read.
 *
 * <p>The file: the letters {@code DFUXCAS1}, the three sizes as int32, the intensity of what surrounds a
 * patient as float32, the three spacings in mm as float64 (zeros
 * in files of older versions), the number of channels as int32 (0: one), zeros up to byte 64, the image of each channel as
 * float32, the labels as uint8, and of each channel behind the first what surrounds a patient as float32; little endian, last
 * axis fastest.
 */
public final class PreparedCase {
    private static final byte[] MAGIC = "DFUXCAS1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 64;
    private static final int SURROUNDINGS = 20;
    private static final int SPACING = 24;
    private static final int CHANNELS = 48;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String id;
    private final Shape3 shape;
    private final float[] surroundings;
    private final double[] spacing;
    private final FloatBuffer[] images;
    private final ByteBuffer labels;

    private PreparedCase(
            String id, Shape3 shape, float[] surroundings, double[] spacing, FloatBuffer[] images, ByteBuffer labels) {
        this.id = id;
        this.shape = shape;
        this.surroundings = surroundings;
        this.spacing = spacing;
        this.images = images;
        this.labels = labels;
    }

    /**
     * A case of 1 mm voxels in plain memory with 0 around it; the arrays are held, not copied.
     *
     * @param image (channels, shape)
     */
    public static PreparedCase of(String id, Shape3 shape, float[] image, byte[] labels) {
        FloatBuffer[] images = new FloatBuffer[image.length / shape.length()];
        for (int channel = 0; channel < images.length; channel++) {
            images[channel] = FloatBuffer.wrap(image).slice(channel * shape.length(), shape.length());
        }
        return new PreparedCase(
                id, shape, new float[images.length], new double[] {1, 1, 1}, images, ByteBuffer.wrap(labels));
    }

    /**
     * Writes a new file and forces it to the disk. By writes and not through a map: where the disk is full, a map of a file that
     * has no blocks ends in an {@link InternalError}.
     *
     * @param surroundings of each channel
     * @param image (channels, shape)
     */
    static void write(Path file, Shape3 shape, float[] surroundings, double[] spacing, float[] image, byte[] labels)
            throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            header.put(MAGIC)
                    .putInt(shape.d())
                    .putInt(shape.h())
                    .putInt(shape.w())
                    .putFloat(surroundings[0]);
            for (double mm : spacing) {
                header.putDouble(mm);
            }
            if (surroundings.length > 1) {
                header.putInt(surroundings.length);
            }
            header.position(0);
            writeFully(out, header);
            writeFully(out, image);
            writeFully(out, ByteBuffer.wrap(labels));
            writeFully(out, Arrays.copyOfRange(surroundings, 1, surroundings.length));
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
            int channels = Math.max(1, header.getInt(CHANNELS));
            long imageBytes = Float.BYTES * shape.voxels();
            long labels = HEADER + channels * imageBytes;
            long end = labels + shape.voxels();
            if (in.size() != end + (channels - 1L) * Float.BYTES) {
                throw new IOException("a prepared case of the wrong length");
            }
            FloatBuffer[] images = new FloatBuffer[channels];
            for (int channel = 0; channel < channels; channel++) {
                images[channel] = floats(in, HEADER + channel * imageBytes, imageBytes);
            }
            float[] surroundings = new float[channels];
            surroundings[0] = header.getFloat(SURROUNDINGS);
            if (channels > 1) {
                floats(in, end, (channels - 1L) * Float.BYTES).get(surroundings, 1, channels - 1);
            }
            return new PreparedCase(
                    id,
                    shape,
                    surroundings,
                    new double[] {
                        header.getDouble(SPACING),
                        header.getDouble(SPACING + Double.BYTES),
                        header.getDouble(SPACING + 2 * Double.BYTES)
                    },
                    images,
                    in.map(MapMode.READ_ONLY, labels, shape.voxels()));
        }
    }

    private static FloatBuffer floats(FileChannel in, long from, long bytes) throws IOException {
        return in.map(MapMode.READ_ONLY, from, bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
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

    /** How many images there are. */
    public int channels() {
        return images.length;
    }

    /** The intensity of what surrounds a patient, air in most cases, in a channel. */
    public float surroundings(int channel) {
        return surroundings[channel];
    }

    /** The intensity of a voxel as the network sees it in a channel; {@code index} as {@link Shape3#index} gives it. */
    public float image(int channel, int index) {
        return images[channel].get(index);
    }

    /** The class of a voxel. */
    public byte label(int index) {
        return labels.get(index);
    }

    /** Copies {@code count} intensities of a channel from {@code index} on. */
    public void image(int channel, int index, float[] to, int at, int count) {
        images[channel].get(index, to, at, count);
    }

    /** Copies {@code count} classes from {@code index} on. */
    public void labels(int index, byte[] to, int at, int count) {
        labels.get(index, to, at, count);
    }

    /** All intensities, a new array (channels, shape). */
    public float[] image() {
        float[] all = new float[Math.multiplyExact(images.length, shape.length())];
        for (int channel = 0; channel < images.length; channel++) {
            images[channel].get(0, all, channel * shape.length(), shape.length());
        }
        return all;
    }

    /** All classes, a new array. */
    public byte[] labels() {
        byte[] all = new byte[shape.length()];
        labels.get(0, all);
        return all;
    }
}
