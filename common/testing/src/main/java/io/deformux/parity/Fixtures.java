package io.deformux.parity;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the reference numbers, the real scans and the inputs after bug reports: {@code DEFORMUX_FIXTURES} (default
 * {@code ../shared/fixtures}), {@code DEFORMUX_DATA} (default {@code ../shared/data}) and {@code DEFORMUX_CASES} (default
 * {@code ../shared/cases}), all relative to the root of the checkout. Tests that need an absent folder are skipped with a
 * message.
 */
public final class Fixtures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixtures() {}

    /** A file or folder below the fixture folder; skips the test when the fixture folder is absent. */
    public static Path fixture(String relative) {
        return existing("DEFORMUX_FIXTURES", "../shared/fixtures", relative);
    }

    /** A file or folder below the data folder; skips the test when it is absent. */
    public static Path data(String relative) {
        return existing("DEFORMUX_DATA", "../shared/data", relative);
    }

    /** A file or folder below the folder of inputs after bug reports; skips the test when it is absent. */
    public static Path bugReport(String relative) {
        return existing("DEFORMUX_CASES", "../shared/cases", relative);
    }

    /** A JSON file below the fixture folder. */
    public static JsonNode json(String relative) {
        try {
            return JSON.readTree(fixture(relative).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An npz file below the fixture folder. */
    public static Npz npz(String relative) {
        return Npz.read(fixture(relative));
    }

    private static Path existing(String variable, String byDefault, String relative) {
        String folder = Optional.ofNullable(System.getenv(variable)).orElse(byDefault);
        Path path = checkoutRoot().resolve(folder).resolve(relative).normalize();
        assumeTrue(Files.exists(path), () -> "skipped: no " + relative + " (set " + variable + " to the folder)");
        return path;
    }

    /** The root of the checkout that the tests run in, absolute. */
    public static Path checkoutRoot() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve(".mvn"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException(
                    "not inside a checkout: " + Path.of("").toAbsolutePath());
        }
        return at;
    }
}
