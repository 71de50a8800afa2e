/**
 * Networks computed on a CPU layer by layer: {@code CpuNetwork}. One that is an {@code EncoderDecoder} (its layers in {@code
 * CpuLayers}, their order in {@code CpuForward}) says by a {@code BlockLayers} how a block of its backbone is prepared, and by a
 * {@code BlockPass} how it is computed. Of one that is a {@code StatesDecoder} PyTorch computes the transformer as a whole
 * ({@code TransformerPass}), and what joins its hidden states goes layer by layer ({@code StatesForward}). Both are put together
 * from {@code ResidualPass}, {@code DecodingPass} and {@code HeadPass}.
 *
 * <p>Threads: a network in memory belongs to one thread at a time and spreads its work over the common pool. May import {@code
 * network.architecture}, {@code network.architecture.blocks}, {@code network.torchscript}, {@code network.weights}, {@code
 * network.cpu}, {@code network.kernel} and {@code network.proof}.
 */
package io.deformux.network.architecture.layered;
