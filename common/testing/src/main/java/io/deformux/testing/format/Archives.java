package io.deformux.testing.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives for tests, honest and not. */
public final class Archives {
    /** What writes the entries. */
    public interface Writing<T> {
        void to(T archive) throws IOException;
    }

    private Archives() {}

    public static byte[] zip(Map<String, String> files) {
        return zip(zip -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                add(zip, new ZipArchiveEntry(file.getKey()), bytes(file.getValue()));
            }
        });
    }

    public static byte[] zip(Writing<ZipArchiveOutputStream> entries) {
        return written(out -> {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
                entries.to(zip);
            }
        });
    }

    public static void add(ZipArchiveOutputStream zip, ZipArchiveEntry entry, byte[] content) throws IOException {
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }

    public static byte[] tarGz(Map<String, String> files) {
        return tarGz(tar -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                add(tar, new TarArchiveEntry(file.getKey(), true), bytes(file.getValue()));
            }
        });
    }

    public static byte[] tarGz(Writing<TarArchiveOutputStream> entries) {
        return gzip(tar(entries));
    }

    public static byte[] tar(Map<String, String> files) {
        return tar(tar -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                add(tar, new TarArchiveEntry(file.getKey(), true), bytes(file.getValue()));
            }
        });
    }

    public static byte[] tar(Writing<TarArchiveOutputStream> entries) {
        return written(out -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
                entries.to(tar);
            }
        });
    }

    public static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    public static byte[] gzip(byte[] bytes) {
        return written(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
        });
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] written(Writing<OutputStream> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
