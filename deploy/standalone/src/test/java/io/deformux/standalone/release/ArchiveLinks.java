package io.deformux.standalone.release;

import io.deformux.standalone.Paper;
import java.nio.file.Path;
import java.util.List;

/** Where the links of a page lead within the archive. */
final class ArchiveLinks {
    private ArchiveLinks() {}

    /**
     * The files, each once, by their place in the archive.
     *
     * @param page the page's own place
     */
    static List<String> of(String page, Paper paper) {
        return paper.links().stream()
                .filter(link -> !link.matches("[a-z]+:.*|#.*"))
                .map(link -> Path.of(page)
                        .resolveSibling(link.replaceFirst("#.*", ""))
                        .normalize()
                        .toString())
                .distinct()
                .toList();
    }
}
