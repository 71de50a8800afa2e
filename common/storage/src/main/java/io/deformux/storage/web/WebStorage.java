package io.deformux.storage.web;

import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Download;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.Scratch;
import io.deformux.storage.Storage;
import io.deformux.storage.archive.Unpacking;
import java.net.URI;
import java.util.Objects;
import java.util.Set;

/**
 * {@code http:} and {@code https:} references: one file, or an archive of a series. The digest is that of the bytes as
 * transferred, so of the archive where it is one. Outputs cannot be stored.
 */
public final class WebStorage implements Storage {
    private final WebClient client;
    private final InputLimits limits;

    /** A storage over {@code client}, within the limits of {@code policy}. */
    public WebStorage(AccessPolicy policy, WebClient client) {
        this.client = Objects.requireNonNull(client, "client");
        this.limits = policy.limits();
    }

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public FetchedInput fetch(URI reference, Scratch scratch) {
        try (WebResponse response = client.get(reference, "*/*")) {
            if (response.status() != HttpStatus.OK) {
                throw HttpStatus.failure(response.status());
            }
            Download object = Download.of(response.body(), response.announcedBytes(), scratch, limits);
            return Unpacking.open(object.file(), object.sha256(), limits);
        }
    }
}
