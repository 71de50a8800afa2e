package io.deformux.parity;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The arrays of one {@code .npz} file: npy version 1.0, little endian, C order. */
public final class Npz {
    private static final Pattern HEADER =
            Pattern.compile("'descr':\\s*'([^']+)'.*'fortran_order':\\s*False.*'shape':\\s*\\(([^)]*)\\)");

    /** One array: its numpy type ({@code <f4}, {@code <i4}, ...), shape and little-endian values. */
    public record NpyArray(String type, int[] shape, ByteBuffer bytes) {
        /** The number of values. */
        public int size() {
            int n = 1;
            for (int s : shape) {
                n *= s;
            }
            return n;
        }

        /** Value number {@code index} in C order, whatever its stored type. */
        public double at(int index) {
            return switch (type) {
                case "<f4" -> bytes.getFloat(index * 4);
                case "<f8" -> bytes.getDouble(index * 8);
                case "<i4" -> bytes.getInt(index * 4);
                case "<i8" -> bytes.getLong(index * 8);
                case "|u1" -> bytes.get(index) & 0xff;
                default -> throw new IllegalArgumentException("numpy type " + type);
            };
        }

        /** All values as float. */
        public float[] floats() {
            float[] r = new float[size()];
            for (int n = 0; n < r.length; n++) {
                r[n] = (float) at(n);
            }
            return r;
        }

        /** All values as double. */
        public double[] doubles() {
            double[] r = new double[size()];
            for (int n = 0; n < r.length; n++) {
                r[n] = at(n);
            }
            return r;
        }

        /** All values as int. */
        public int[] ints() {
            int[] r = new int[size()];
            for (int n = 0; n < r.length; n++) {
                r[n] = (int) at(n);
            }
            return r;
        }
    }

    private final Path file;
    private final Map<String, NpyArray> arrays;

    private Npz(Path file, Map<String, NpyArray> arrays) {
        this.file = file;
        this.arrays = arrays;
    }

    /** Reads every array of {@code file}. */
    public static Npz read(Path file) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                arrays.put(entry.getName().replaceFirst("\\.npy$", ""), array(zip));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Npz(file, arrays);
    }

    /** The arrays by name, in file order. */
    public Map<String, NpyArray> arrays() {
        return arrays;
    }

    /** Whether there is an array of that name. */
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /** The array of that name. */
    public NpyArray get(String name) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw new NoSuchElementException(name + " in " + file.getFileName() + ", which has " + arrays.keySet());
        }
        return array;
    }

    private static NpyArray array(ZipInputStream zip) throws IOException {
        DataInputStream in = new DataInputStream(zip);
        in.skipNBytes(8);
        int length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
        String header = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        Matcher m = HEADER.matcher(header);
        if (!m.find()) {
            throw new IOException("npy header not understood: " + header);
        }
        String[] parts = m.group(2).isBlank() ? new String[0] : m.group(2).split(",\\s*");
        int[] shape = new int[parts.length];
        for (int n = 0; n < parts.length; n++) {
            shape[n] = Integer.parseInt(parts[n].trim());
        }
        return new NpyArray(
                m.group(1), shape, ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN));
    }
}
