package io.deformux.standalone.bench;

/**
 * What there is no number of.
 *
 * @param part which measurement it belongs to
 * @param reason why, and what to do
 */
public record Unmeasured(String part, String reason) {}
