package io.deformux.node;

import io.deformux.storage.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a node. What arrives lies in {@code .arriving}; whole instances of series that may still grow in
 * {@code .collecting}, a folder for each series; series that have been quiet, and then never change, in folders of their own,
 * {@code NUMBER-SERIES}, that have come into place as a whole. A series of which more comes later is another one then, with
 * what there was before in it. For all threads.
 */
final class SeriesStore implements AutoCloseable {
    private static final Pattern WHOLE = Pattern.compile("(\\d{10})-([0-9a-f]{32})");
    private static final int DIGITS = 32;
    /** Some peers keep an association open for days. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

    private final Path root;
    private final Path arriving;
    private final Path collecting;
    private final FileChannel lock;
    private final SeriesHolds holds = new SeriesHolds();
    private final FolderId id;

    /**
     * A series that is whole.
     *
     * @param number rises from one to the next
     * @param series the digest of its Series Instance UID
     * @param folder holds its instances and nothing else
     */
    record Whole(long number, String series, Path folder) {}

    private SeriesStore(Path root, FileChannel lock, FolderId id) {
        this.root = root;
        this.lock = lock;
        this.id = id;
        this.arriving = root.resolve(".arriving");
        this.collecting = root.resolve(".collecting");
    }

    /**
     * Opens a folder, which is made if it is not there, and deletes what was arriving when it was left.
     *
     * @throws IOException if it cannot be used, or another node does
     */
    static SeriesStore open(Path root) throws IOException {
        Files.createDirectories(root);
        FileChannel lock = FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (taken(lock).isEmpty()) {
                throw new IOException("another node uses the folder " + root);
            }
            SeriesStore store = new SeriesStore(root, lock, FolderId.of(root));
            Files.createDirectories(store.collecting);
            Files.createDirectories(store.jobs());
            Files.createDirectories(store.arriving);
            for (Path left : list(store.arriving)) {
                Files.delete(left);
            }
            FolderSync.of(root);
            return store;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Optional<FileLock> taken(FileChannel lock) throws IOException {
        try {
            return Optional.ofNullable(lock.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Tells this folder from others, for as long as it is there: its numbers are a feed of their own. */
    String id() {
        return id.value();
    }

    /** Calls this folder otherwise, for good. */
    void rename() throws IOException {
        id.renew();
    }

    /** Where the node keeps in mind which jobs are its own. */
    Path jobs() {
        return root.resolve(".jobs");
    }

    /** A new file for an instance that arrives. */
    Path arriving() throws IOException {
        return Files.createFile(
                arriving.resolve(UUID.randomUUID() + ".dcm")); // no temporary one, which workers cannot read
    }

    /** Bytes that the disk still has. */
    long free() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** An association begins, and holds from now on the series that it brings. */
    SeriesHolds.Hold hold() {
        return holds.begin();
    }

    /**
     * Keeps an instance that has arrived, whose bytes are on the disk; one that was there is replaced.
     *
     * @param hold of the association that has brought it
     */
    void keep(Path file, String seriesUid, String sopInstanceUid, SeriesHolds.Hold hold) throws IOException {
        hold.add(name(seriesUid));
        try (FolderSync names = moved(file, seriesUid, sopInstanceUid)) {
            names.force();
        }
    }

    /** Folders are opened before another thread renames them, and synchronised while others go on. */
    private synchronized FolderSync moved(Path file, String seriesUid, String sopInstanceUid) throws IOException {
        Path folder = Files.createDirectories(collecting.resolve(name(seriesUid)));
        Files.move(
                file,
                folder.resolve(instance(sopInstanceUid)),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
        return FolderSync.open(folder, collecting);
    }

    /** The name of an instance's file. */
    static String instance(String sopInstanceUid) {
        return name(sopInstanceUid) + ".dcm";
    }

    private static String name(String uid) {
        return Digest.of(uid.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    /**
     * Makes whole what has been quiet, unless an association holds it that has not been silent about it for long.
     *
     * @param since so long; ten minutes more where it is held
     * @param position the numbers of series that are made whole are above it
     * @return how many there were
     */
    synchronized int settle(Instant since, long position) throws IOException {
        int settled = 0;
        for (Path folder : list(collecting)) {
            boolean held = holds.areOf(folder.getFileName().toString());
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(held ? since.minus(LONGEST_HOLD) : since)) {
                settle(folder, position);
                settled++;
            }
        }
        return settled;
    }

    private void settle(Path folder, long position) throws IOException {
        List<Whole> all = all();
        String series = folder.getFileName().toString();
        Optional<Whole> before = all.stream()
                .filter(whole -> whole.series().equals(series))
                .max(Comparator.comparingLong(Whole::number));
        if (before.isPresent()) {
            for (Path file : list(before.get().folder())) {
                link(file, folder.resolve(file.getFileName()));
            }
        }
        long last = all.stream().mapToLong(Whole::number).max().orElse(0);
        FolderSync.of(folder);
        String name = String.format("%010d-%s", Math.max(last, position) + 1, series);
        Files.move(folder, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        FolderSync.of(root, collecting); // before anybody is told of that name
    }

    private static void link(Path file, Path link) throws IOException {
        if (Files.exists(link)) {
            return;
        }
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException | FileSystemException e) { // a file system without hard links
            Files.copy(file, link);
            try (FileChannel copy = FileChannel.open(link, StandardOpenOption.WRITE)) {
                copy.force(false);
            }
        }
    }

    private List<Whole> all() throws IOException {
        List<Whole> all = new ArrayList<>();
        for (Path folder : list(root)) {
            Matcher name = WHOLE.matcher(folder.getFileName().toString());
            if (name.matches()) {
                all.add(new Whole(Long.parseLong(name.group(1)), name.group(2), folder));
            }
        }
        return all;
    }

    /** Whole series with numbers above this one, in order. */
    synchronized List<Whole> after(long position) throws IOException {
        return all().stream().filter(whole -> whole.number() > position).toList();
    }

    /** The newest of each other series that was whole before this one. */
    synchronized List<Whole> besides(Whole whole) throws IOException {
        Map<String, Whole> newest = new LinkedHashMap<>();
        for (Whole other : all()) {
            if (other.number() < whole.number() && !other.series().equals(whole.series())) {
                newest.put(other.series(), other); // in the order of their numbers
            }
        }
        return List.copyOf(newest.values());
    }

    /** The names of a whole series' instances, sorted: digests of their UIDs. */
    static List<String> instances(Whole whole) throws IOException {
        return list(whole.folder()).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** Deletes series that were whole before, and are announced: numbers up to {@code position}. */
    synchronized void forget(Instant before, long position) throws IOException {
        for (Whole whole : all()) {
            if (whole.number() <= position
                    && Files.getLastModifiedTime(whole.folder()).toInstant().isBefore(before)) {
                for (Path file : list(whole.folder())) {
                    Files.delete(file);
                }
                Files.delete(whole.folder());
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
