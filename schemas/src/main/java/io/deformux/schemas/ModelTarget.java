package io.deformux.schemas;

/**
 * A model that is to be published.
 *
 * @param name the model's name
 * @param version its version
 */
public record ModelTarget(String name, String version) {}
