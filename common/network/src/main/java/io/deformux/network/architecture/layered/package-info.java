/**
 * Networks that are an {@code EncoderDecoder}, computed on a CPU layer by layer: {@code CpuNetwork} (its layers in {@code
 * CpuLayers}, their order in {@code CpuForward}), whatever the blocks of the backbone are. A network of this kind says by a
 * {@code BlockLayers} how one of its blocks is prepared, and by a {@code BlockPass} how it is computed.
 *
 * <p>Threads: a network in memory belongs to one thread at a time and spreads its work over the common pool. May import {@code
 * network.architecture}, {@code network.architecture.blocks}, {@code network.torchscript}, {@code network.weights}, {@code
 * network.cpu}, {@code network.kernel} and {@code network.proof}.
 */
package io.deformux.network.architecture.layered;
