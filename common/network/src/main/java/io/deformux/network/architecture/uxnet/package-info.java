/**
 * 3D UX-Net (arXiv 2209.15076): large depthwise kernels in the encoder-decoder that DeformUX-Net has too. The smallest whole
 * example of an architecture: its configuration, the modules of its block, {@code uxnet.py}, which says what the block
 * computes, and {@code UxBlockOnCpu}, which is its fast form.
 *
 * <p>Threads: configurations are values, prepared blocks are stateless. May import {@code network.architecture}, {@code
 * network.architecture.blocks}, {@code network.architecture.layered}, {@code network.torchscript}, {@code network.weights}, {@code
 * network.cpu} and {@code network.kernel}.
 */
package io.deformux.network.architecture.uxnet;
