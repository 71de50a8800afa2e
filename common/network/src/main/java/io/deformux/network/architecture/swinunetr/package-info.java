/**
 * SwinUNETR (arXiv 2201.01266) as its published checkpoints have it: a transformer with shifted windows, whose maps a
 * convolutional encoder and decoder join. {@code swin_unetr.py} says what it computes.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.torchscript} and {@code network.weights}.
 */
package io.deformux.network.architecture.swinunetr;
