package io.deformux.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 (FIPS 180-4) in lower-case hex, of bytes as they stream by. */
public final class Digest {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 1 << 16;

    private Digest() {}

    /** Of an array. */
    public static String of(byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    /** Of a file. */
    public static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /** Of the rest of a stream, which is left open. */
    public static String of(InputStream in) throws IOException {
        return copy(in, OutputStream.nullOutputStream());
    }

    /** Copies the rest of a stream and gives the digest of what was copied; both streams are left open. */
    public static String copy(InputStream in, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        return hex(digest.digest());
    }

    /**
     * Of a set of files, independent of their names and order: the digest of their digests in ascending order, each
     * followed by a line feed. A shell says the same with {@code find . -type f -exec sha256sum {} + | cut -c1-64 |
     * sort | sha256sum}.
     *
     * @param digests one per file, equal files counted as often as they occur
     */
    public static String ofAll(Collection<String> digests) {
        MessageDigest digest = sha256();
        digests.stream().sorted().forEach(each -> digest.update((each + "\n").getBytes(StandardCharsets.US_ASCII)));
        return hex(digest.digest());
    }

    /** Whether the text is a digest as this class writes it. */
    public static boolean isDigest(String text) {
        return HEX.matcher(text).matches();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
