/**
 * 3D RepUX-Net (arXiv 2303.05785): very large depthwise kernels in the encoder-decoder of 3D UX-Net, learned with a rate per
 * tap that falls with its distance from the centre ({@link io.deformux.network.architecture.repuxnet.TapRates}), which stands
 * for parallel branches of small kernels. {@code repuxnet.py} says what its block computes, in training and afterwards alike.
 *
 * <p>Threads: configurations are values, prepared blocks are stateless. May import {@code network.architecture}, {@code
 * network.architecture.blocks}, {@code network.architecture.layered}, {@code network.torchscript}, {@code network.weights}, {@code
 * network.cpu} and {@code network.kernel}.
 */
package io.deformux.network.architecture.repuxnet;
