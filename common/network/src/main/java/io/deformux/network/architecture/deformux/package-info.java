/**
 * DeformUX-Net (arXiv 2310.00199): its sizes, its modules, their text, and its fast forms on a CPU.
 *
 * <p>The network is written once, as TorchScript: {@code operator.py} (the deformable convolution), {@code blocks.py} and
 * {@code network.py} beside this package's classes. {@link io.deformux.network.architecture.deformux.CpuNetwork} and {@link
 * io.deformux.network.architecture.deformux.DifferentiableNetwork} compute the same in Java and are tested against it.
 *
 * <p>Threads: configurations are values; a network in memory belongs to one thread at a time and spreads its work over the
 * common pool. May import {@code network.architecture}, {@code network.torchscript}, {@code network.weights}, {@code
 * network.cpu}, {@code network.kernel}, {@code network.training}, {@code network.proof} and {@code failure}.
 */
package io.deformux.network.architecture.deformux;
