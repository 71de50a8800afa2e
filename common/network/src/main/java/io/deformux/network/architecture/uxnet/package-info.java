/**
 * 3D UX-Net (arXiv 2209.15076): large depthwise kernels in the encoder-decoder that DeformUX-Net has too. The smallest whole
 * example of an architecture: its configuration, the modules of its block, and {@code uxnet.py}, which says what the block
 * computes.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.torchscript} and {@code network.weights}.
 */
package io.deformux.network.architecture.uxnet;
