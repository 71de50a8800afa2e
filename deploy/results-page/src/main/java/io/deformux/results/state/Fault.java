package io.deformux.results.state;

/**
 * Why something failed.
 *
 * @param code the stable code
 * @param stage the stage that failed; empty where there is none
 * @param message what to do about it
 */
public record Fault(String code, String stage, String message) {}
