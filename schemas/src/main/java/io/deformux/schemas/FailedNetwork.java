package io.deformux.schemas;

/**
 * A network of a comparison whose training has failed.
 *
 * @param name what the comparison calls it
 * @param trainingId its training
 * @param code the stable code, of the fold that failed where it was one
 * @param message what to do about it, for a person; free of patient data
 */
public record FailedNetwork(String name, String trainingId, String code, String message) {}
