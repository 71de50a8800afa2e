package io.deformux.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The claim of a living process to a folder: a file in it that names host and process, and is locked for as long as the
 * process lives, whatever ends it. Hosts that share a disk, as pods do, may not see each other's locks: so the file is
 * touched every minute as well, and a claim of another host is left once nobody has touched it for an hour. Must not be asked for by the process that has made it: to close a file that it has
 * locked elsewhere gives the lock up (POSIX {@code fcntl}).
 */
final class Claim implements AutoCloseable {
    static final String PROBE = ".deformux-clock-";

    private static final String FILE = "owner";
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final Duration PULSE = Duration.ofMinutes(1);
    /** Beyond any stop of a process or difference of clocks after which its job could still be its own. */
    static final Duration ABANDONED = Duration.ofHours(1);

    private final FileChannel file;
    /** What stands in the file. */
    private byte[] text = {};

    private Optional<ClaimPulse> pulse = Optional.empty();

    private Claim(FileChannel file) {
        this.file = file;
    }

    /**
     * Claims a new folder. Where files cannot be locked the claim names nobody, and the folder is nobody's to take.
     */
    static Claim on(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Claim claim = new Claim(file);
        try {
            if (claim.lock()) {
                String owner = host() + "\n" + ProcessHandle.current().pid() + "\n";
                claim.text = owner.getBytes(StandardCharsets.UTF_8);
                claim.touch();
            }
            return claim;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Shows from now on that its process lives. */
    void pulse() {
        pulse = Optional.of(ClaimPulse.of(this, PULSE));
    }

    /** Writes the same again, which the disk times by its own clock; a file that is full of it needs no room. */
    void touch() throws IOException {
        ByteBuffer left = ByteBuffer.wrap(text);
        while (left.hasRemaining()) {
            file.write(left, left.position());
        }
    }

    /** The claim to a folder whose process is dead, as far as this host can know; empty if that may live. */
    static Optional<Claim> left(Path folder) throws IOException {
        FileChannel file;
        try {
            file = FileChannel.open(folder.resolve(FILE), StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException | AccessDeniedException e) { // unclaimed, or of another user
            return Optional.empty();
        }
        Claim claim = new Claim(file);
        boolean taken = false;
        try {
            taken = claim.lock()
                    && (claim.owner().equals(host()) || !claim.owner().isEmpty() && isAbandoned(folder));
            return taken ? Optional.of(claim) : Optional.empty();
        } finally {
            if (!taken) {
                file.close();
            }
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        Instant touched = Files.getLastModifiedTime(folder.resolve(FILE)).toInstant();
        return touched.isBefore(DiskClock.now(folder, PROBE, "").minus(ABANDONED));
    }

    /** Whether it is ours from now on. */
    private boolean lock() {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException | IOException e) { // someone of this process has it, or nobody can
            return false;
        }
    }

    private String owner() throws IOException {
        ByteBuffer text = ByteBuffer.allocate(1024);
        file.read(text, 0);
        List<String> lines = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.isEmpty() ? "" : lines.get(0);
    }

    private static String host() throws IOException {
        return Files.isReadable(LINUX_HOST_NAME)
                ? Files.readString(LINUX_HOST_NAME).strip()
                : InetAddress.getLocalHost().getHostName();
    }

    /** Gives it up. */
    @Override
    public void close() throws IOException {
        pulse.ifPresent(ClaimPulse::close);
        file.close();
    }
}
