package io.deformux.worker.infer;

import io.deformux.schemas.InputReference;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The images of a scan as they were fetched. It owns the folders of all but the first; close it once they are read.
 *
 * @param input the first one; with others its digest, size and number of files are those of all together, the digest over
 *     the others' names too
 * @param others by the names of their channels
 * @param folders where the others lie
 */
record FetchedScan(FetchedInput input, Map<String, FetchedInput> others, Map<String, Scratch> folders)
        implements AutoCloseable {

    /**
     * Fetches. Throws what the storage throws; nothing is left behind then.
     *
     * @param scratch takes the first
     * @param parent where the others get folders of their own
     */
    static FetchedScan of(ScanInputs inputs, StorageRouter storage, Scratch scratch, Path parent) {
        FetchedInput first = fetch(storage, inputs.first(), scratch);
        Map<String, FetchedInput> others = new LinkedHashMap<>();
        Map<String, Scratch> folders = new LinkedHashMap<>();
        try {
            inputs.others().forEach((name, reference) -> {
                folders.put(name, Scratch.in(parent));
                others.put(name, fetch(storage, reference, folders.get(name)));
            });
        } catch (RuntimeException | Error e) {
            folders.values().forEach(Scratch::close);
            throw e;
        }
        return new FetchedScan(together(first, others), others, folders);
    }

    private static FetchedInput fetch(StorageRouter storage, InputReference reference, Scratch scratch) {
        return storage.fetch(reference.uri(), reference.sha256(), scratch);
    }

    private static FetchedInput together(FetchedInput first, Map<String, FetchedInput> others) {
        if (others.isEmpty()) {
            return first;
        }
        StringBuilder digests = new StringBuilder(first.sha256());
        long bytes = first.bytes();
        int files = first.files();
        for (Map.Entry<String, FetchedInput> other : others.entrySet()) {
            digests.append('\n')
                    .append(other.getKey())
                    .append('\n')
                    .append(other.getValue().sha256());
            bytes += other.getValue().bytes();
            files += other.getValue().files();
        }
        return new FetchedInput(
                first.path(), Digest.of(digests.toString().getBytes(StandardCharsets.UTF_8)), bytes, files);
    }

    @Override
    public void close() {
        folders.values().forEach(Scratch::close);
    }
}
