package io.deformux.standalone.check;

/**
 * Whether a precision computes right on this machine.
 *
 * @param precision its name on the command line, as {@code bf16}
 * @param passed whether results were within the bound
 * @param worstError the largest relative error that was seen; NaN if there was no result to compare
 * @param detail what it was tried on, or what went wrong
 */
public record PrecisionProof(String precision, boolean passed, double worstError, String detail) {}
