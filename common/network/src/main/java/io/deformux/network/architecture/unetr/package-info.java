/**
 * UNETR (arXiv 2103.10504): a vision transformer over patches of 16 voxels, whose hidden states a convolutional decoder joins.
 * The position embeddings tie it to one image size. {@code unetr.py} says what it computes.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.torchscript} and {@code network.weights}.
 */
package io.deformux.network.architecture.unetr;
