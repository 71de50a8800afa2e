package io.deformux.schemas;

import java.net.URI;

/**
 * A file that was stored.
 *
 * @param uri where it lies
 * @param sha256 its digest, 64 lower-case hexadecimal digits
 */
public record StoredFile(URI uri, String sha256) {}
