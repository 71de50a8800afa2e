package io.deformux.schemas;

import java.net.URI;

/**
 * A model package of one fold.
 *
 * @param uri its folder: {@code model.json} and the weights that it lists
 * @param sha256 the digest of the folder, 64 lower-case hexadecimal digits
 */
public record StoredModel(URI uri, String sha256) {}
