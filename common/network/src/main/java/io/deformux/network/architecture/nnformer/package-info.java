/**
 * nnFormer (arXiv 2109.03201): a transformer with shifted windows on the way down and on the way up, where it looks at what the
 * way down saw. Its windows tie it to one image size. {@code nnformer.py} says what it computes.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.torchscript} and {@code network.weights}.
 */
package io.deformux.network.architecture.nnformer;
