package io.deformux.storage.file;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.IoReason;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
import io.deformux.storage.Storage;
import io.deformux.storage.StoredObject;
import io.deformux.storage.Use;
import io.deformux.storage.archive.Unpacking;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

/**
 * {@code file:} references to local disks and mounts. Inputs are used in place, without a copy: whoever may write below
 * an allowed root is trusted not to change an input while its job runs.
 */
public final class FileStorage implements Storage {
    private final FileRoots inputs;
    private final FileRoots outputs;
    private final InputLimits limits;

    /** A storage within the roots and limits of {@code policy}. */
    public FileStorage(AccessPolicy policy) {
        this.inputs =
                new FileRoots(policy.inputRoots(), FailureCode.INPUT_ROOT_MISSING, "the folder of allowed inputs");
        this.outputs =
                new FileRoots(policy.outputRoots(), FailureCode.OUTPUT_ROOT_MISSING, "the folder of allowed outputs");
        this.limits = policy.limits();
    }

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    /** Whether the root of a reference is there, see {@link io.deformux.storage.RootFolder}. */
    @Override
    public void requirePresent(URI reference, Use use) {
        (use == Use.READ ? inputs : outputs).resolve(reference);
    }

    /**
     * The folder of an output location, made if it is not there.
     *
     * @throws JobException as {@link #store}
     */
    public Path outputFolder(URI location) {
        Path folder = outputs.resolve(location);
        try {
            return outputs.makeFolder(folder);
        } catch (IOException e) {
            throw notWritten("the output folder cannot be made: ", folder, e);
        }
    }

    @Override
    public FetchedInput fetch(URI reference, Scratch scratch) {
        Path path = inputs.resolve(reference);
        // Causes are left out: their messages hold paths.
        try {
            FetchedInput input = FileInput.read(inputs.admit(path), inputs, limits);
            return Files.isDirectory(input.path())
                    ? input
                    : Unpacking.open(input.path(), input.sha256(), scratch.path(), limits);
        } catch (NoSuchFileException e) {
            inputs.requireReadable(path); // or is it all of it that went away?
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "nothing is at the reference, or it went away");
        } catch (AccessDeniedException e) {
            inputs.requireReadable(path);
            throw new JobException(
                    FailureCode.STORAGE_DENIED, "the worker may not read the input; give its user read permission");
        } catch (IOException e) {
            inputs.requireReadable(path);
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "the input cannot be read: " + IoReason.of(e));
        }
    }

    @Override
    public StoredObject store(Path file, URI location, ObjectName name) {
        Path target = outputs.resolve(location).resolve(name.value());
        try {
            Path folder = outputs.makeFolder(target.getParent());
            String sha256 = write(file, folder.resolve(target.getFileName()));
            return new StoredObject(target.toUri(), Files.size(target), sha256);
        } catch (ClosedByInterruptException e) {
            throw new JobException(FailureCode.JOB_CANCELLED, "the job was cancelled while an output was written");
        } catch (IOException e) {
            throw notWritten("the output " + name + " cannot be written: ", target, e);
        }
    }

    private JobException notWritten(String what, Path target, IOException e) {
        FailureCode code = DiskFull.or(FailureCode.OUTPUT_FAILED, e);
        if (code == FailureCode.OUTPUT_FAILED) {
            outputs.requireWritable(target);
        }
        return new JobException(code, what + IoReason.of(e));
    }

    /** Writes to a hidden sibling, reads that back, and only then gives it its name; gives the digest. */
    private static String write(Path source, Path target) throws IOException {
        Path part = target.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            String sha256 = copy(source, part);
            if (!Digest.of(part).equals(sha256)) {
                throw new IOException("it does not read back as written");
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return sha256;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String copy(Path source, Path part) throws IOException {
        try (InputStream in = Files.newInputStream(source);
                FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            String sha256 = Digest.copy(in, Channels.newOutputStream(out));
            out.force(true);
            return sha256;
        }
    }
}
