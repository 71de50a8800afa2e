package io.deformux.network.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SHA-256 digests of large libraries, noted in the cache folder with the size and the time of the file that was read, and
 * read again only when one of these differs.
 *
 * <p>That is enough for what it guards against: a copy that was cut short, a disk that was restored, another version in the
 * same place. All of these change the size or the time. Whoever changes a file on purpose and sets its time back can as
 * well write the note, which lies in the same folder of the same user.
 */
final class FileDigests {
    private static final int BUFFER_BYTES = 1 << 20;

    private final CacheFile notes;

    FileDigests(Path cacheFolder) {
        this.notes = new CacheFile(cacheFolder.resolve("digests.json"));
    }

    /** The digest in lower-case hex. */
    String of(LibraryFile file) throws IOException {
        Optional<Path> container = file.container();
        if (container.isEmpty()) {
            return copy(file, OutputStream.nullOutputStream());
        }
        String stamp = stamp(container.get());
        ObjectNode noted = notes.read().orElseGet(JsonNodeFactory.instance::objectNode);
        JsonNode note = noted.path(file.url().toString());
        if (stamp.equals(note.path("stamp").textValue()) && note.path("sha256").isTextual()) {
            return note.get("sha256").textValue();
        }
        String digest = copy(file, OutputStream.nullOutputStream());
        noted.putObject(file.url().toString()).put("stamp", stamp).put("sha256", digest);
        notes.write(noted);
        return digest;
    }

    /** Copies a file and gives the digest of what was copied. */
    static String copy(LibraryFile file, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(file.open(), digest)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String stamp(Path file) throws IOException {
        return Files.size(file) + " bytes of " + Files.getLastModifiedTime(file);
    }
}
