/**
 * UNETR (arXiv 2103.10504): a vision transformer over patches of 16 voxels, whose hidden states a convolutional decoder joins.
 * The position embeddings tie it to one image size. {@code unetr.py} says what it computes; on a CPU only the
 * transformer as that says, the rest layer by layer ({@code StatesDecoder}).
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.architecture.layered}, {@code network.torchscript}, {@code network.weights}, {@code network.cpu} and {@code
 * network.kernel}.
 */
package io.deformux.network.architecture.unetr;
