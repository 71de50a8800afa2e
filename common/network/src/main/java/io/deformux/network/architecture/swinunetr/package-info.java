/**
 * SwinUNETR (arXiv 2201.01266) as its published checkpoints have it: a transformer with shifted windows, whose maps a
 * convolutional encoder and decoder join. {@code swin_unetr.py} says what it computes; on a CPU only the
 * transformer as that says, the rest layer by layer ({@code StatesDecoder}).
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code
 * network.architecture.layered}, {@code network.torchscript}, {@code network.weights}, {@code network.cpu} and {@code
 * network.kernel}.
 */
package io.deformux.network.architecture.swinunetr;
