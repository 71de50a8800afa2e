package io.deformux.storage.file;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The folders that {@code file:} references may lie in; neither {@code ..} nor a symbolic link leads out of them. */
final class FileRoots {
    private final List<Path> roots;

    FileRoots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * The path that a reference names, inside a root as far as its text goes. A reference to elsewhere is refused
     * before it is looked up, so that the answer does not tell what exists there.
     */
    Path resolve(URI reference) {
        Path path;
        try {
            path = Path.of(reference);
        } catch (IllegalArgumentException e) {
            // Not as the cause: its message holds the reference.
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED,
                    "a file reference must be file:///absolute/path, without host, query or fragment");
        }
        for (Path segment : path) {
            if (segment.toString().equals("..")) {
                throw notAllowed("the reference steps upwards with '..'; give the direct path");
            }
        }
        Path normal = path.normalize();
        if (roots.stream().noneMatch(root -> normal.startsWith(root) || normal.startsWith(real(root)))) {
            throw notAllowed("the reference lies outside the allowed roots; move the data there or allow its root");
        }
        return normal;
    }

    /** Refuses what really lies outside the roots; gives the real path of what does not. */
    Path admit(Path existing) throws IOException {
        Path path = existing.toRealPath();
        if (roots.stream().noneMatch(root -> path.startsWith(real(root)))) {
            throw notAllowed("the reference leaves the allowed roots through a symbolic link, or its root is missing");
        }
        return path;
    }

    /** Makes a folder inside the roots; gives its real path. */
    Path makeFolder(Path folder) throws IOException {
        Path existing = folder;
        while (existing.getParent() != null && Files.notExists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        admit(existing);
        return admit(Files.createDirectories(folder));
    }

    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            return root;
        }
    }

    private static JobException notAllowed(String message) {
        return new JobException(FailureCode.REFERENCE_NOT_ALLOWED, message);
    }
}
