/**
 * UNesT (arXiv 2209.14378): a nested transformer, whose attention stays inside the blocks of a grid that grows coarser, between
 * a convolutional encoder and decoder. The position embeddings tie it to one image size. {@code unest.py} says what it
 * computes.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.torchscript} and {@code network.weights}.
 */
package io.deformux.network.architecture.unest;
