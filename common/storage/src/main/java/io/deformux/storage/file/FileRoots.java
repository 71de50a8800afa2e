package io.deformux.storage.file;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.RootFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The folders that {@code file:} references may lie in; neither {@code ..} nor a symbolic link leads out of them. */
final class FileRoots {
    private final List<RootFolder> roots;
    private final FailureCode missing;
    private final String name;

    /**
     * @param missing what it means to a job that a root cannot be used
     * @param name what to call one
     */
    FileRoots(List<Path> roots, FailureCode missing, String name) {
        this.roots = roots.stream().map(RootFolder::new).toList();
        this.missing = missing;
        this.name = name;
    }

    /**
     * The path that a reference names, inside a root as far as its text goes. A reference to elsewhere is refused
     * before it is looked up, so that the answer does not tell what exists there.
     *
     * @throws JobException REFERENCE_UNSUPPORTED, REFERENCE_NOT_ALLOWED, or the roots' own code if its root is not there
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
        requireUsable(root(normal));
        return normal;
    }

    private RootFolder root(Path normal) {
        return roots.stream()
                .filter(root -> normal.startsWith(root.path()) || normal.startsWith(real(root.path())))
                .findFirst()
                .orElseThrow(() -> notAllowed(
                        "the reference lies outside the allowed roots; move the data there or allow its root"));
    }

    private void requireUsable(RootFolder root) {
        root.fault().ifPresent(fault -> {
            String which =
                    roots.size() == 1 ? "" : " (number " + (roots.indexOf(root) + 1) + " of " + roots.size() + ")";
            throw new JobException(missing, name + which + " " + fault);
        });
    }

    /** Throws the roots' own code if the root of {@code path} is not there or may not be read. */
    void requireReadable(Path path) {
        RootFolder root = root(path);
        requireUsable(root);
        if (!Files.isReadable(root.path())) {
            throw new JobException(missing, name + " may not be read: give the worker's user read permission");
        }
    }

    /** Throws the roots' own code if the root of {@code path} is not there or takes no files. */
    void requireWritable(Path path) {
        RootFolder root = root(path);
        requireUsable(root);
        try {
            if (!Files.isWritable(root.path())
                    || Files.getFileStore(root.path()).isReadOnly()) {
                throw new JobException(
                        missing, name + " cannot be written to: give the worker's user write permission");
            }
        } catch (IOException e) {
            throw new JobException(missing, name + " cannot be looked at: mount it again");
        }
    }

    /** Refuses what really lies outside the roots; gives the real path of what does not. */
    Path admit(Path existing) throws IOException {
        Path path = existing.toRealPath();
        if (roots.stream().noneMatch(root -> path.startsWith(real(root.path())))) {
            throw notAllowed("the reference leaves the allowed roots through a symbolic link, or its root is missing");
        }
        return path;
    }

    /** The list of what is unfinished in the root that an admitted path lies in. */
    UnfinishedList unfinished(Path admitted) {
        return roots.stream()
                .map(root -> real(root.path()))
                .filter(admitted::startsWith)
                .findFirst()
                .map(UnfinishedList::new)
                .orElseThrow(() -> notAllowed("the root of the reference is missing"));
    }

    /** The lists of all roots that are there. */
    List<UnfinishedList> unfinished() {
        return roots.stream()
                .filter(root -> root.fault().isEmpty())
                .map(root -> new UnfinishedList(real(root.path())))
                .toList();
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
