package io.deformux.testing.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for readers that take files; in memory where the system has such a place. Removed when the JVM ends. */
public final class ScratchFolder {
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path path;

    /** An empty folder. */
    public ScratchFolder() {
        try {
            path = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "fuzz")
                    : Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(path)));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Writes a file of it anew. */
    public Path write(String name, byte[] content) {
        try {
            return Files.write(path.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what lies in a folder of it, and that folder. */
    public void remove(String name) {
        delete(path.resolve(name));
    }

    private static void delete(Path top) {
        if (Files.notExists(top)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(top)) {
            List<Path> all = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
