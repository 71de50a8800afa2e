package io.deformux.network.torchscript;

/**
 * A tensor that is learned.
 *
 * @param shape its sizes
 * @param initial what it starts from
 */
public record ModuleParameter(int[] shape, Initial initial) {}
