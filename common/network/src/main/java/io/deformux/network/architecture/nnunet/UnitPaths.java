package io.deformux.network.architecture.nnunet;

/**
 * Where a convolution and the norm behind it stand in a state dict.
 *
 * @param convolution dotted path
 * @param norm likewise
 */
record UnitPaths(String convolution, String norm) {}
