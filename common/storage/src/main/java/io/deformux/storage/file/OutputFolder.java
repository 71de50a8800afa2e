package io.deformux.storage.file;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Attempt;
import io.deformux.storage.Digest;
import io.deformux.storage.DiskClock;
import io.deformux.storage.FolderTree;
import io.deformux.storage.IoReason;
import io.deformux.storage.ObjectName;
import io.deformux.storage.StagedOutput;
import io.deformux.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The folder that one output goes to. The output is written under a hidden name, read back, and only then renamed. Belongs
 * to one job.
 *
 * <p>What is staged goes to a folder named after the content of its attempt: what two attempts store lies apart unless it
 * is the same, and an output that was named once is never another's.
 *
 * <p>What an attempt stages lies in {@code .attempt-ID}. An attempt that has died leaves that; its own worker deletes it at
 * its next start, and the next attempt here deletes what nobody has touched for longer than any worker is trusted to
 * have its job without a word from Kafka.
 */
final class OutputFolder {
    private static final String ATTEMPT = ".attempt-";
    private static final String PART = ".part";
    private static final Duration ABANDONED = Duration.ofMinutes(2);

    private final FileRoots roots;
    private final Path target;
    private final ObjectName name;

    OutputFolder(FileRoots roots, URI location, ObjectName name) {
        this.roots = roots;
        this.target = roots.resolve(location).resolve(name.value());
        this.name = name;
    }

    private OutputFolder(FileRoots roots, Path folder, String content, ObjectName name) {
        this.roots = roots;
        this.target = folder.resolve(content).resolve(Path.of(name.value()).getFileName());
        this.name = name;
    }

    /** Stores at once. */
    StoredObject store(Path file) {
        return writing(() -> {
            Path place = place();
            Path part = place.resolveSibling("." + UUID.randomUUID() + PART);
            try {
                return publish(part, place, write(file, part));
            } finally {
                Files.deleteIfExists(part);
            }
        });
    }

    /** Stores in the folder of an attempt's content, which is made when the output is published. */
    StagedOutput stage(Path file, Attempt by) {
        return writing(() -> {
            Path job = place().getParent();
            Path attempt = job.resolve(ATTEMPT + by.scratch().id());
            deleteAbandoned(job, attempt);
            by.scratch().diesWith(attempt);
            Path staged = Files.createDirectories(attempt).resolve(target.getFileName());
            Files.deleteIfExists(staged);
            String sha256 = write(file, staged);
            OutputFolder seen = new OutputFolder(roots, target.getParent(), by.content(), name);
            return () -> seen.writing(() -> seen.publish(staged, seen.place(), sha256));
        });
    }

    private Path place() throws IOException {
        return roots.makeFolder(target.getParent()).resolve(target.getFileName());
    }

    private StoredObject publish(Path written, Path place, String sha256) throws IOException {
        long bytes = Files.size(written);
        Files.move(written, place, StandardCopyOption.ATOMIC_MOVE);
        return new StoredObject(target.toUri(), bytes, sha256);
    }

    /** Writes and reads back; gives the digest. */
    private static String write(Path source, Path part) throws IOException {
        String sha256;
        try (InputStream in = Files.newInputStream(source);
                FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sha256 = Digest.copy(in, Channels.newOutputStream(out));
            out.force(true);
        }
        if (!Digest.of(part).equals(sha256)) {
            throw new IOException("it does not read back as written");
        }
        return sha256;
    }

    private static void deleteAbandoned(Path folder, Path ours) throws IOException {
        Instant before = DiskClock.now(folder, ".", PART).minus(ABANDONED);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "{" + ATTEMPT + "*,.*" + PART + "}")) {
            for (Path each : left) {
                if (!each.equals(ours) && isUntouchedSince(before, each)) {
                    new FolderTree(each).delete();
                }
            }
        }
    }

    private static boolean isUntouchedSince(Instant time, Path left) throws IOException {
        try {
            return lastTouched(left).isBefore(time);
        } catch (NoSuchFileException e) { // its owner has finished
            return false;
        }
    }

    private static Instant lastTouched(Path left) throws IOException {
        Instant last = Files.getLastModifiedTime(left).toInstant();
        if (Files.isDirectory(left)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(left)) {
                for (Path file : files) {
                    Instant touched = Files.getLastModifiedTime(file).toInstant();
                    last = touched.isAfter(last) ? touched : last;
                }
            }
        }
        return last;
    }

    private interface Writing<T> {
        T write() throws IOException;
    }

    private <T> T writing(Writing<T> work) {
        try {
            return work.write();
        } catch (ClosedByInterruptException e) {
            throw new JobException(FailureCode.JOB_CANCELLED, "the job was cancelled while an output was written");
        } catch (IOException e) {
            throw notWritten(roots, "the output " + name + " cannot be written: ", target, e);
        }
    }

    /** Why nothing could be written at that place; a disk or root that is not there for anyone is told apart. */
    static JobException notWritten(FileRoots roots, String what, Path target, IOException e) {
        FailureCode code = DiskFull.or(FailureCode.OUTPUT_FAILED, e);
        if (code == FailureCode.OUTPUT_FAILED) {
            roots.requireWritable(target);
        }
        return new JobException(code, what + IoReason.of(e));
    }
}
