package io.deformux.storage;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's own directory, readable by its owner only and deleted with everything in it on {@link #close()}. Belongs to
 * one job.
 *
 * <p>It is claimed by its process for as long as that lives ({@link Claim}), so that {@link #sweep} deletes what dead
 * processes have left, and nothing else.
 */
public final class Scratch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
    private static final String CLAIMED = ".job-";
    /** Until it is claimed, so that nobody sweeps it meanwhile. */
    private static final String FRESH = ".deformux-new-";

    private static final String FILES = "files";
    private static final String ELSEWHERE = "elsewhere";
    /** In the names of this process's folders, whose claims it must not look at. */
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);

    private final Path root;
    private final Path path;
    private final Claim claim;

    private Scratch(Path root, Path path, Claim claim) {
        this.root = root;
        this.path = path;
        this.claim = claim;
    }

    /**
     * Makes a new directory.
     *
     * @param parent where; made if it is not there
     * @throws JobException SCRATCH_UNAVAILABLE or STORAGE_FULL if it cannot be made
     */
    public static Scratch in(Path parent) {
        try {
            return uninterrupted(() -> {
                Path fresh = Files.createTempDirectory(Files.createDirectories(parent), FRESH);
                try {
                    return claimed(fresh);
                } catch (IOException e) {
                    new FolderTree(fresh).delete();
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.SCRATCH_UNAVAILABLE, e),
                    "no scratch directory can be made (" + IoReason.of(e) + "); check the configured folder",
                    e);
        }
    }

    private static Scratch claimed(Path fresh) throws IOException {
        Claim claim = Claim.on(fresh);
        try {
            String id = fresh.getFileName().toString().substring(FRESH.length());
            Path root = fresh.resolveSibling(CLAIMED + PROCESS + "-" + id);
            Path files = Files.createTempDirectory(fresh, FILES + "-");
            Files.move(fresh, root, StandardCopyOption.ATOMIC_MOVE);
            claim.pulse();
            return new Scratch(root, root.resolve(files.getFileName()), claim);
        } catch (IOException e) {
            claim.close();
            throw e;
        }
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /** Tells this directory from all others. */
    public String id() {
        return root.getFileName().toString().substring(CLAIMED.length());
    }

    /**
     * A folder of another place that goes when this directory goes, also if the process dies before.
     *
     * @param folder may be still to be made
     * @throws IOException if that cannot be kept in mind
     */
    public void diesWith(Path folder) throws IOException {
        Files.writeString(
                root.resolve(ELSEWHERE),
                folder.toAbsolutePath() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Deletes the directory; links in it are deleted and not followed. What cannot be deleted is logged. */
    @Override
    public void close() {
        try {
            uninterrupted(() -> {
                delete(root);
                claim.close();
                return root;
            });
        } catch (IOException e) {
            LOG.warn("scratch directory {} could not be deleted: {}", root, IoReason.of(e));
        }
    }

    /**
     * Deletes what jobs have left here whose process is dead: of this host at once, of others (a pod's successor has
     * another name) an hour after its last sign of life.
     *
     * @param parent may be missing
     */
    public static void sweep(Path parent) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        String names = "{" + CLAIMED + "*," + FRESH + "*}";
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, names)) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !name.startsWith(CLAIMED + PROCESS)) {
                    sweepOne(folder, name.startsWith(FRESH));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("{} cannot be looked through for what dead workers have left: {}", parent, e.toString());
        }
    }

    private static void sweepOne(Path folder, boolean fresh) {
        try {
            if (fresh) {
                sweepFresh(folder);
                return;
            }
            Optional<Claim> left = Claim.left(folder);
            if (left.isPresent()) {
                try (Claim taken = left.get()) {
                    delete(folder);
                    LOG.info("{} was left by a dead worker and is deleted", folder);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} was left by a dead worker and cannot be deleted: {}", folder, IoReason.of(e));
        }
    }

    /** Nobody needs more than a moment to claim what it made. */
    private static void sweepFresh(Path folder) throws IOException {
        Instant made = Files.getLastModifiedTime(folder).toInstant();
        if (made.isBefore(DiskClock.now(folder.getParent(), Claim.PROBE, "").minus(Claim.ABANDONED))) {
            new FolderTree(folder).delete();
        }
    }

    private static void delete(Path root) throws IOException {
        Path elsewhere = root.resolve(ELSEWHERE);
        List<String> folders =
                Files.exists(elsewhere) ? Files.readAllLines(elsewhere, StandardCharsets.UTF_8) : List.of();
        for (String folder : folders) {
            new FolderTree(Path.of(folder)).delete();
        }
        new FolderTree(root).delete();
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /** A cancelled job too must leave nothing, and its interrupt is for those after. */
    private static <T> T uninterrupted(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
