/**
 * What a kind of network is to the rest of the house: {@link io.deformux.network.architecture.Architecture} is a kind, {@link
 * io.deformux.network.architecture.NetworkConfig} one network of it, {@link io.deformux.network.architecture.CpuForm} and
 * {@link io.deformux.network.architecture.GpuForm} its fast forms. Each kind has a package of its own below; {@code network.Architectures} lists them, and {@code architecture.blocks} has
 * what several share.
 *
 * <p>Threads: as each type says. May import {@code network.torchscript}, {@code network.weights}, {@code network.cpu}, {@code
 * network.kernel}, {@code network.training}, {@code network.gpu}, {@code network.proof} and {@code failure}.
 */
package io.deformux.network.architecture;
