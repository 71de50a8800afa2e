package io.deformux.storage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Leads every reference to the storage of its scheme. Safe to share between threads. */
public final class StorageRouter {
    private final Map<String, Storage> byScheme = new TreeMap<>();

    /** A router over storages of which no two serve the same scheme. */
    public StorageRouter(List<Storage> storages) {
        for (Storage storage : storages) {
            for (String scheme : storage.schemes()) {
                if (byScheme.put(scheme, storage) != null) {
                    throw new IllegalArgumentException("two storages for " + scheme + ":");
                }
            }
        }
    }

    /**
     * Makes the bytes behind a reference readable as a local file or folder.
     *
     * @param reference such as {@code file:///data/series}
     * @param sha256 the digest that {@link FetchedInput#sha256()} must have, if the event states one
     * @param scratch where bytes from elsewhere are put
     * @throws JobException as {@link Storage#fetch} says, or INPUT_DIGEST_MISMATCH
     */
    public FetchedInput fetch(URI reference, Optional<String> sha256, Scratch scratch) {
        FetchedInput input = storage(reference).fetch(reference, scratch);
        sha256.ifPresent(expected -> {
            if (!expected.equalsIgnoreCase(input.sha256())) {
                throw new JobException(
                        FailureCode.INPUT_DIGEST_MISMATCH,
                        "the input has sha256 " + input.sha256() + " and not the one stated; it was changed or is"
                                + " incomplete");
            }
        });
        return input;
    }

    /**
     * Checks before the work that a location takes what will be stored there.
     *
     * @throws JobException REFERENCE_UNSUPPORTED if it does not
     */
    public void requireTakes(URI location, String mediaType) {
        if (!storage(location).takes(mediaType)) {
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED,
                    "a " + location.getScheme() + ": location does not take " + mediaType
                            + "; give a folder or bucket as output, and the DICOMweb service as dicomOutput");
        }
    }

    /**
     * Checks that what a reference's kind needs is there, see {@link Storage#requirePresent}.
     *
     * @throws JobException as that says
     */
    public void requirePresent(URI reference, Use use) {
        storage(reference).requirePresent(reference, use);
    }

    /**
     * Stores a file under an output location.
     *
     * @throws JobException as {@link Storage#store} says
     */
    public StoredObject store(Path file, URI location, ObjectName name) {
        return storage(location).store(file, location, name);
    }

    /**
     * Brings a file to an output location without showing it there.
     *
     * @throws JobException as {@link Storage#stage} says
     */
    public StagedOutput stage(Path file, URI location, ObjectName name, Attempt attempt) {
        return storage(location).stage(file, location, name, attempt);
    }

    /**
     * A small output that was stored, as {@link Storage#read}.
     *
     * @throws JobException as there
     */
    public Optional<byte[]> read(URI location, ObjectName name, int most) {
        return storage(location).read(location, name, most);
    }

    /**
     * Whether an output is still there, as {@link Storage#holds}.
     *
     * @throws JobException as there
     */
    public boolean holds(StoredObject output) {
        return storage(output.uri()).holds(output);
    }

    private Storage storage(URI reference) {
        String scheme = reference.getScheme();
        if (scheme == null) {
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED,
                    "the reference has no scheme; give an absolute URI such as file:///data/series");
        }
        Storage storage = byScheme.get(scheme.toLowerCase(Locale.ROOT));
        if (storage == null) {
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED,
                    "references with the scheme " + scheme + ": are not read here, only " + byScheme.keySet());
        }
        return storage;
    }
}
