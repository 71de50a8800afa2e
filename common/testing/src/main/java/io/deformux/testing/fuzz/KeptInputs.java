package io.deformux.testing.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Inputs in a folder, a file each.
 *
 * @param folder the folder, which need not be there
 */
record KeptInputs(Path folder) {

    /** All of them, in name order. */
    List<byte[]> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(KeptInputs::bytes).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps one more, named by its digest. */
    Path write(byte[] input) {
        try {
            Files.createDirectories(folder);
            String name = new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(input)).toString(16);
            return Files.write(folder.resolve(name.substring(0, 12)), input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
