package io.deformux.standalone.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What should be there for a while only. */
final class LeftOvers {
    private LeftOvers() {}

    /** Parts and attempts among outputs. */
    static List<Path> ofOutputs(Path root) throws IOException {
        return in(root, name -> name.startsWith(".") || name.contains(".part"));
    }

    /** Anything at all in a scratch folder. */
    static List<Path> ofScratch(Path root) throws IOException {
        return in(root, name -> true);
    }

    private static List<Path> in(Path root, Predicate<String> isOne) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path ->
                            !path.equals(root) && isOne.test(path.getFileName().toString()))
                    .toList();
        }
    }
}
