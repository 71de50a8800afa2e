/**
 * DeformUX-Net (arXiv 2310.00199): its sizes, its modules, their text, and its fast forms on a CPU and on a GPU.
 *
 * <p>Its topology is written once, in {@code EncoderDecoder<DeformableModules>} and {@code DeformUxNetBlocks}: names, shapes, first weights
 * and which blocks a stage has. What the modules compute is said in TorchScript beside this package's classes: {@code
 * operator.py} (the deformable convolution) and {@code deformable.py} (the block around it). {@code DeformableBlockOnCpu} (the rest in {@code
 * network.architecture.layered}) and {@code DifferentiableNetwork} (in {@code TrainingLayers}) compute the
 * same in Java and are tested against it, and so does {@code GpuNetwork} (its parameters in {@code GpuWeights}, the order of its
 * layers in {@code GpuForward}) by kernels for a GPU.
 *
 * <p>Threads: configurations are values; a network in memory belongs to one thread at a time and spreads its work over the
 * common pool. May import {@code network.architecture}, {@code network.architecture.blocks}, {@code network.architecture.layered}, {@code network.torchscript}, {@code network.weights}, {@code
 * network.cpu}, {@code network.kernel}, {@code network.training}, {@code network.gpu}, {@code network.proof} and
 * {@code failure}.
 */
package io.deformux.network.architecture.deformux;
