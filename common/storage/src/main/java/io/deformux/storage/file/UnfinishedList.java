package io.deformux.storage.file;

import io.deformux.storage.DiskClock;
import io.deformux.storage.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is unfinished below a root of outputs, as a list in the root itself: a worker that dies may take its own disk with
 * it, as a pod does its scratch folder, and is found out about by others, which may see the root under another path. A
 * hidden file per entry, which names it relative to the root.
 *
 * <p>Whoever can write to the root can write to the list: it leads to nothing but unfinished outputs below the root.
 */
record UnfinishedList(Path root) {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedList.class);
    private static final String ENTRY = ".deformux-unfinished-";
    private static final String PROBE = ".deformux-clock-";
    private static final long LONGEST_PATH = 8192;

    /** Beyond any stop of a process after which its job could still be its own. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    /** A new entry, not yet there: a file that is to be deleted after what it names. */
    Path entry() {
        return root.resolve(ENTRY + UUID.randomUUID());
    }

    /** Lists what is to be made. A root that takes no file itself, though folders below it may, has no list. */
    void add(Path entry, Unfinished unfinished) {
        try {
            Files.writeString(entry, root.relativize(unfinished.path()).toString());
        } catch (IOException e) {
            LOG.warn(
                    "{} takes no list of what is unfinished ({}): what a worker leaves there that dies may stay",
                    root,
                    IoReason.of(e));
        }
    }

    /** What it named is finished or gone; an entry that stays is swept. */
    void remove(Path entry) {
        try {
            Files.deleteIfExists(entry);
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted: {}", entry, IoReason.of(e));
        }
    }

    /** Deletes what nobody has touched for an hour, by the disk's clock, and what is listed and gone. */
    void sweep() {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root, ENTRY + "*")) {
            all.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("{} cannot be looked through for what dead workers have left: {}", root, e.toString());
        }
        if (!entries.isEmpty()) {
            Instant before = DiskClock.now(root, PROBE, "").minus(ABANDONED);
            entries.forEach(entry -> sweep(new Unfinished(entry), before));
        }
    }

    private void sweep(Unfinished entry, Instant before) {
        try {
            if (!entry.isUntouchedSince(before) || !Files.isRegularFile(entry.path(), LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            Unfinished listed = listed(entry.path());
            if (!isOurs(listed)) {
                entry.delete();
            } else if (listed.isUntouchedSince(before)) {
                listed.delete();
                entry.delete();
                LOG.info("An unfinished output below {} was left by a dead worker and is deleted", root);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be looked after: {}", entry.path(), IoReason.of(e));
        }
    }

    private Unfinished listed(Path entry) throws IOException {
        String path = Files.size(entry) > LONGEST_PATH ? "" : Files.readString(entry);
        return new Unfinished(root.resolve(path).normalize());
    }

    /** Whether it is there, below the root and not through a link, and unfinished by its name. */
    private boolean isOurs(Unfinished listed) throws IOException {
        return listed.hasItsName()
                && listed.path().startsWith(root)
                && Files.exists(listed.path(), LinkOption.NOFOLLOW_LINKS)
                && listed.path().getParent().toRealPath().startsWith(root.toRealPath());
    }
}
