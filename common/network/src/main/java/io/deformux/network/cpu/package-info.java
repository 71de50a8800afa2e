/**
 * What a forward pass on a CPU is put together from: maps that lie channels last in memory that PyTorch and Java share, and
 * convolutions of them by either.
 *
 * <p>Threads: everything belongs to one thread, which spreads its work over all cores. May import {@code
 * network.torchscript}, {@code network.weights}, {@code network.kernel} and {@code failure}.
 */
package io.deformux.network.cpu;
