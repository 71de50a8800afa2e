package io.deformux.network.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Pickles as text, one character per byte, and the files around them. */
final class Pickles {
    static final String ORDERED_DICT = "ccollections\nOrderedDict\n)R";
    private static final String MAGIC = "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";
    private static final String PROTOCOL = "\u0080\2M\u00e9\3.";

    private Pickles() {}

    /** A pickle of protocol 2 that makes one value. */
    static byte[] bytes(String value) {
        return raw("\u0080\2" + value + ".");
    }

    static byte[] raw(String characters) {
        return characters.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(String text) {
        return "X" + little(text.length()) + text;
    }

    static String integer(int value) {
        return "J" + little(value);
    }

    static String dict(Map<String, String> entries) {
        StringBuilder dict = new StringBuilder("}(");
        entries.forEach((name, value) -> dict.append(text(name)).append(value));
        return dict.append("u").toString();
    }

    static String storage(String storageClass, String key, int count) {
        return "(" + text("storage") + "ctorch\n" + storageClass + "\n" + text(key) + text("cuda:0") + integer(count)
                + "tQ";
    }

    /** A view of the storage. */
    static String tensor(String storage, int offset, int[] sizes, int[] strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + integer(offset) + integers(sizes) + integers(strides)
                + "\u0089" + ORDERED_DICT + "tR";
    }

    /** One float tensor of shape (2) whose storage is {@code 0}. */
    static String pair() {
        return tensor(storage("FloatStorage", "0", 2), 0, new int[] {2}, new int[] {1});
    }

    /**
     * So many numbers of NumPy one behind the other, as Python writes them at protocol 2: each kept, with all that it is made
     * of, from memo number 1000 on. What they share takes the numbers from 1 to 4.
     */
    static String numpyNumbers(int count) {
        StringBuilder numbers = new StringBuilder("cnumpy.core.multiarray\nscalar\nq\1" + "0cnumpy\ndtype\n("
                + text("f8") + "\u0089\u0088tR(K\3" + text("<") + "NNNJ" + little(-1) + "J" + little(-1)
                + "K\0tbq\2" + "0c_codecs\nencode\nq\3" + "0" + text("latin1") + "q\4" + "0");
        int memo = 1000;
        for (int n = 0; n < count; n++) {
            numbers.append("h\1h\2h\3").append(text("8 bytes!"));
            for (String made : List.of("", "h\4\u0086", "R", "\u0086", "R")) {
                numbers.append(made).append('r').append(little(memo++));
            }
        }
        return numbers.toString();
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** A zip checkpoint whose storages are numbered from 0. */
    static byte[] zip(byte[] pickle, byte[]... storages) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", pickle);
        for (int n = 0; n < storages.length; n++) {
            entries.put("a/data/" + n, storages[n]);
        }
        return zip(entries, ZipEntry.STORED);
    }

    static byte[] zip(Map<String, byte[]> entries, int method) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(content.getValue());
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setMethod(method);
                entry.setSize(content.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A legacy checkpoint with the float storage {@code 0}. */
    static byte[] legacy(byte[] pickle, float... storage) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(raw(MAGIC + PROTOCOL));
        out.writeBytes(bytes(dict(Map.of("little_endian", "\u0088"))));
        out.writeBytes(pickle);
        out.writeBytes(bytes("](" + text("0") + "e"));
        out.writeBytes(raw(little(storage.length) + little(0)));
        out.writeBytes(floats(storage));
        return out.toByteArray();
    }

    private static String integers(int... values) {
        StringBuilder tuple = new StringBuilder("(");
        for (int value : values) {
            tuple.append(integer(value));
        }
        return tuple.append("t").toString();
    }

    private static String little(int value) {
        byte[] bytes = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
