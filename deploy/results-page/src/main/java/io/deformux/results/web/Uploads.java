package io.deformux.results.web;

import io.deformux.schemas.InputReference.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans that come over HTTP: written to a folder that the workers read, under a name of no meaning. They stay there; whoever
 * runs the page deletes them. For all threads.
 *
 * @param folder where, absolute
 * @param output where the workers store what they find
 * @param mostBytes larger ones are refused
 */
public record Uploads(Path folder, URI output, long mostBytes) {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final int NIFTI_MAGIC_OFFSET = 344;
    private static final int START = 512;

    /** A scan that is there now. */
    record Upload(String job, Path file, Kind kind, String sha256) {}

    /** @throws RefusedCallException 413 if it is too large, 415 if it is neither a zip nor NIfTI */
    Upload take(InputStream body) throws IOException {
        byte[] start = body.readNBytes(START);
        Kind kind = startsWith(start, 0, ZIP) ? Kind.DICOM : Kind.NIFTI;
        String ending = kind == Kind.DICOM ? ".zip" : startsWith(start, 0, GZIP) ? ".nii.gz" : ".nii";
        if (ending.equals(".nii") && !isNifti(start)) {
            throw new RefusedCallException(
                    415, "INPUT_FORMAT_UNKNOWN", "send a zip of one DICOM series, or a NIfTI file (plain or gzipped)");
        }
        Files.createDirectories(folder);
        String job = "upload-" + UUID.randomUUID();
        Path part = folder.resolve("." + job + ".part");
        try {
            String sha256 = write(start, body, part);
            Path file = Files.move(part, folder.resolve(job + ending));
            return new Upload(job, file, kind, sha256);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** It is not wanted; where it cannot be deleted, it stays as others do. */
    void discard(Upload upload) {
        try {
            Files.deleteIfExists(upload.file());
        } catch (IOException e) {
            LOG.warn("An upload that is not used stays: {}", e.toString());
        }
    }

    private String write(byte[] start, InputStream body, Path file) throws IOException {
        MessageDigest digest = sha256();
        digest.update(start);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
                DigestInputStream rest = new DigestInputStream(body, digest)) {
            out.write(start);
            byte[] buffer = new byte[1 << 16];
            long written = start.length;
            for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
                written += read;
                if (written > mostBytes) {
                    throw new RefusedCallException(413, "INPUT_TOO_LARGE", "at most " + mostBytes + " bytes are taken");
                }
                out.write(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean isNifti(byte[] start) {
        return startsWith(start, NIFTI_MAGIC_OFFSET, "n+1".getBytes(StandardCharsets.US_ASCII))
                || startsWith(start, 4, "n+2".getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] magic) {
        return bytes.length >= from + magic.length
                && Arrays.equals(bytes, from, from + magic.length, magic, 0, magic.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
