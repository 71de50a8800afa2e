/**
 * TransBTS (arXiv 2103.04430), the one that halves sizes three times and has skip connections: a convolutional encoder, a
 * transformer on its smallest map, and a decoder. {@code transbts.py} says what they compute.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.torchscript} and {@code network.weights}.
 */
package io.deformux.network.architecture.transbts;
