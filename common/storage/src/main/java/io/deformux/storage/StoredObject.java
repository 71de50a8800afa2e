package io.deformux.storage;

import java.net.URI;

/**
 * An output where it was stored.
 *
 * @param uri where to get it
 * @param bytes its size
 * @param sha256 the digest of its bytes, in lower-case hex
 */
public record StoredObject(URI uri, long bytes, String sha256) {}
