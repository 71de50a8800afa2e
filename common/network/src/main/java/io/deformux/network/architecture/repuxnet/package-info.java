/**
 * 3D RepUX-Net (arXiv 2303.05785): very large depthwise kernels in the encoder-decoder of 3D UX-Net, learned with a rate per
 * tap that falls with its distance from the centre ({@link io.deformux.network.architecture.repuxnet.TapRates}), which stands
 * for parallel branches of small kernels. {@code repuxnet.py} says what its block computes, in training and afterwards alike.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.torchscript} and {@code network.weights}.
 */
package io.deformux.network.architecture.repuxnet;
