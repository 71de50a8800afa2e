package io.deformux.storage.file;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Attempt;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.IoReason;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
import io.deformux.storage.StagedOutput;
import io.deformux.storage.Storage;
import io.deformux.storage.StoredObject;
import io.deformux.storage.Use;
import io.deformux.storage.archive.Unpacking;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * {@code file:} references to local disks and mounts. Inputs are used in place, without a copy: whoever may write below
 * an allowed root is trusted not to change an input while its job runs.
 */
public final class FileStorage implements Storage {
    /** Larger outputs are believed by their size: a second's reading, and more than most are. */
    private static final long MOST_DIGESTED = 256L << 20;

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

    /**
     * Deletes what dead workers have left unfinished at the output locations, once nobody has touched it for an hour by the
     * clock of its disk.
     */
    public void sweep() {
        outputs.unfinished().forEach(UnfinishedList::sweep);
    }

    /** Whether the root of a reference is there, see {@link io.deformux.storage.RootFolder}. */
    @Override
    public void requirePresent(URI reference, Use use) {
        (use == Use.READ ? inputs : outputs).resolve(reference);
    }

    /**
     * A folder at or below an output location that a job works in by itself, as a training does for hours; made if it is
     * not there, and looked through for symbolic links that lead out of the roots, since the job reads and writes what it
     * finds here.
     *
     * @param below its name below the location, outer folders first
     * @return the folder as the location names it
     * @throws JobException as {@link #store}
     */
    public Path outputFolder(URI location, String... below) {
        Path folder = outputs.resolve(location);
        for (String name : below) {
            folder = folder.resolve(name);
        }
        try {
            Files.walkFileTree(outputs.makeFolder(folder), new LinkCheck(outputs));
            return folder;
        } catch (IOException e) {
            throw OutputFolder.notWritten(outputs, "the output folder cannot be made: ", folder, e);
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
        return new OutputFolder(outputs, location, name).store(file);
    }

    @Override
    public StagedOutput stage(Path file, URI location, ObjectName name, Attempt attempt) {
        return new OutputFolder(outputs, location, name).stage(file, attempt);
    }

    @Override
    public Optional<byte[]> read(URI location, ObjectName name, int most) {
        Path path = outputs.resolve(location).resolve(name.value());
        try {
            Path file = outputs.admit(path);
            return Files.isRegularFile(file) && Files.size(file) <= most
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean holds(StoredObject output) {
        Path path = outputs.resolve(output.uri());
        try {
            Path file = outputs.admit(path);
            return Files.isRegularFile(file)
                    && Files.size(file) == output.bytes()
                    && (output.bytes() > MOST_DIGESTED || Digest.of(file).equals(output.sha256()));
        } catch (IOException e) {
            return false;
        }
    }
}
