package io.deformux.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that the operator named, perhaps a mount of its own: while that is not mounted, an empty folder of another disk
 * is in its place, which nothing may be written to or taken for the truth.
 *
 * <p>A folder with a file {@value #MARKER} in it is known by that, from when it was first seen on; one without by its
 * disk, as the system names it: the device, or the server and path of a network share. Safe to share between threads.
 */
public final class RootFolder {
    /** The file that an operator puts into a root to mark it; what it holds does not matter. */
    public static final String MARKER = ".deformux-root";

    private static final Logger LOG = LoggerFactory.getLogger(RootFolder.class);

    /** Names the disk of a folder. */
    interface Disks {
        String of(Path folder) throws IOException;
    }

    private final Path path;
    private final Disks disks;
    private Optional<Seen> seen = Optional.empty();
    private Optional<String> said = Optional.empty();

    /** What a root is known by. */
    private record Seen(boolean marked, String disk) {}

    /** A root, which is looked at now: what is there is what belongs there. */
    public RootFolder(Path path) {
        this(path, RootFolder::disk);
    }

    RootFolder(Path path, Disks disks) {
        this.path = path;
        this.disks = disks;
        fault();
    }

    /** The folder, as it was named. */
    public Path path() {
        return path;
    }

    /** Whether it was ever there. */
    public synchronized boolean wasThere() {
        return seen.isPresent();
    }

    /**
     * What keeps it from being used, as the end of a sentence that begins with its name; empty if nothing. A new one is
     * logged with the folder's name, which events do not carry.
     */
    public synchronized Optional<String> fault() {
        Optional<String> fault = look();
        if (fault.isPresent() && !fault.equals(said)) {
            LOG.warn("{} {}", path, fault.get());
        }
        said = fault;
        return fault;
    }

    private Optional<String> look() {
        if (!Files.exists(path)) {
            return Optional.of("is missing: mount it or make it");
        }
        boolean marked = Files.exists(path.resolve(MARKER));
        String disk;
        try {
            disk = disks.of(path);
        } catch (IOException e) {
            return Optional.of("cannot be looked at (" + IoReason.of(e) + "): mount it again");
        }
        if (!marked && seen.filter(Seen::marked).isPresent()) {
            return Optional.of("has lost its file " + MARKER + ": mount it again");
        }
        if (!marked && seen.filter(before -> !before.disk().equals(disk)).isPresent()) {
            return Optional.of(
                    "lies on another disk than before: mount it again, or restart the worker if that is" + " meant");
        }
        seen = Optional.of(new Seen(marked, disk));
        return Optional.empty();
    }

    /** The device or share, and its kind; the same again after it was mounted anew. */
    private static String disk(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.type() + " " + store.name();
    }
}
