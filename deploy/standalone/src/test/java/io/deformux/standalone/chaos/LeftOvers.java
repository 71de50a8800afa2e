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

    /** Parts and attempts among outputs, and what is listed of them; the list itself stays. */
    static List<Path> ofOutputs(Path root) throws IOException {
        Path list = root.resolve(".deformux-unfinished");
        return in(
                root,
                path -> !path.equals(list)
                        && (path.startsWith(list)
                                || name(path).startsWith(".")
                                || name(path).contains(".part")));
    }

    /** Anything at all in a scratch folder. */
    static List<Path> ofScratch(Path root) throws IOException {
        return in(root, path -> true);
    }

    private static List<Path> in(Path root, Predicate<Path> isOne) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root) && isOne.test(path)).toList();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
