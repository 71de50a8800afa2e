package io.deformux.storage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where the references of one or a few URI schemes lead to. Implementations are safe to share between threads, check
 * every reference against their {@link AccessPolicy}, and name no path or key of it in their messages: a folder may be
 * called after a patient.
 */
public interface Storage {

    /** The URI schemes it serves, in lower case. */
    Set<String> schemes();

    /**
     * Makes the bytes behind a reference readable as a local file or folder.
     *
     * @param reference a URI of one of {@link #schemes()}
     * @param scratch where bytes from elsewhere are put; what is local already may be used in place
     * @throws JobException REFERENCE_UNSUPPORTED, REFERENCE_NOT_ALLOWED, INPUT_NOT_FOUND, INPUT_TOO_LARGE,
     *     ARCHIVE_INVALID, INPUT_TRUNCATED (a damaged archive), STORAGE_DENIED, STORAGE_UNAVAILABLE,
     *     CREDENTIALS_REFUSED, HOST_UNREACHABLE, INPUT_ROOT_MISSING, STORAGE_FULL, or JOB_CANCELLED if the thread was
     *     interrupted
     */
    FetchedInput fetch(URI reference, Scratch scratch);

    /**
     * Checks that what all references of its kind need is there: for files, their root.
     *
     * @throws JobException INPUT_ROOT_MISSING, OUTPUT_ROOT_MISSING, REFERENCE_UNSUPPORTED, REFERENCE_NOT_ALLOWED
     */
    default void requirePresent(URI reference, Use use) {}

    /** Whether outputs of that media type can be stored at its locations. */
    default boolean takes(String mediaType) {
        return true;
    }

    /**
     * Stores a file under an output location; it is visible there as a whole or not at all, and one of the same name
     * is replaced.
     *
     * @param file a local file
     * @param location a URI of one of {@link #schemes()}: a folder, a prefix, or a service
     * @param name the name below the location, see {@link ObjectName}
     * @throws JobException REFERENCE_UNSUPPORTED (also where outputs cannot be stored at all), REFERENCE_NOT_ALLOWED,
     *     STORAGE_DENIED, STORAGE_UNAVAILABLE, CREDENTIALS_REFUSED, HOST_UNREACHABLE, OUTPUT_ROOT_MISSING, STORAGE_FULL,
     *     OUTPUT_FAILED, or JOB_CANCELLED if the thread was interrupted
     */
    default StoredObject store(Path file, URI location, ObjectName name) {
        throw new JobException(
                FailureCode.REFERENCE_UNSUPPORTED,
                "outputs cannot be stored in a " + location.getScheme() + ": location");
    }

    /**
     * Brings a file to an output location without showing it there, so that all files of an attempt can be published
     * together. Folders and buckets show it below a folder or prefix named after the attempt's content, so that what was
     * named once is never another attempt's; a folder keeps it hidden until then; a service takes it when it is published.
     *
     * @param name as {@link #store} takes it
     * @param attempt the attempt that it is part of
     * @throws JobException as {@link #store} says
     */
    default StagedOutput stage(Path file, URI location, ObjectName name, Attempt attempt) {
        return () -> store(file, location, name);
    }

    /**
     * The bytes of a small output that was stored here; empty if there is none, if it is larger than {@code most}, or if
     * it may not be read.
     *
     * @throws JobException as {@link #store} says
     */
    default Optional<byte[]> read(URI location, ObjectName name, int most) {
        return Optional.empty();
    }

    /**
     * Whether an output that was stored is still there, as far as that is quickly told: by its size, and by its digest if
     * it is small or the storage keeps digests. A storage that cannot tell takes it to be there.
     *
     * @throws JobException as {@link #store} says
     */
    default boolean holds(StoredObject output) {
        return true;
    }
}
