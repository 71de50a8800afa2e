package io.deformux.schemas;

/**
 * Exactly one model package.
 *
 * @param name the model's name
 * @param version its version
 * @param sha256 the digest of its weights, 64 lower-case hexadecimal digits
 */
public record ModelVersion(String name, String version, String sha256) {}
