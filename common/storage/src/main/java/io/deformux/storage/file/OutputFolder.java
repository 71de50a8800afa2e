package io.deformux.storage.file;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Attempt;
import io.deformux.storage.Digest;
import io.deformux.storage.DiskClock;
import io.deformux.storage.IoReason;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
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
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * The folder that one output goes to. The output is written under a hidden name, read back, and only then renamed. Belongs
 * to one job.
 *
 * <p>What is staged goes to a folder named after the content of its attempt: what two attempts store lies apart unless it
 * is the same, and an output that was named once is never another's.
 *
 * <p>What an attempt stages lies in {@code .attempt-ID}. An attempt that has died leaves that; its own worker deletes it at
 * its next start, and the next attempt here deletes what nobody has touched for longer than any worker is trusted to
 * have its job without a word from Kafka. What neither does is on a list ({@link UnfinishedList}).
 */
final class OutputFolder {
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
            Unfinished part = Unfinished.file(place);
            UnfinishedList list = roots.unfinished(place);
            Path entry = list.entry();
            list.add(entry, part);
            try {
                return publish(part.path(), place, write(file, part.path()));
            } finally {
                part.delete();
                list.remove(entry);
            }
        });
    }

    /** Stores in the folder of an attempt's content, which is made when the output is published. */
    StagedOutput stage(Path file, Attempt by) {
        return writing(() -> {
            Path job = place().getParent();
            Unfinished attempt = Unfinished.attempt(job, by.scratch().id());
            deleteAbandoned(job, attempt);
            list(attempt, by.scratch());
            Path staged = Files.createDirectories(attempt.path()).resolve(target.getFileName());
            Files.deleteIfExists(staged);
            String sha256 = write(file, staged);
            OutputFolder seen = new OutputFolder(roots, target.getParent(), by.content(), name);
            return () -> seen.writing(() -> seen.publish(staged, seen.place(), sha256));
        });
    }

    /** Before it is made, so that it goes with its job's directory, or at some worker's start if that goes first. */
    private void list(Unfinished attempt, Scratch scratch) throws IOException {
        if (Files.notExists(attempt.path())) {
            UnfinishedList list = roots.unfinished(attempt.path());
            Path entry = list.entry();
            scratch.diesWith(attempt.path());
            scratch.diesWith(entry);
            list.add(entry, attempt);
        }
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

    private static void deleteAbandoned(Path folder, Unfinished ours) throws IOException {
        Instant before = DiskClock.now(folder, ".", ".part").minus(ABANDONED);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, Unfinished.ANY)) {
            for (Path each : left) {
                Unfinished unfinished = new Unfinished(each);
                if (!unfinished.equals(ours) && unfinished.isUntouchedSince(before)) {
                    unfinished.delete();
                }
            }
        }
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
