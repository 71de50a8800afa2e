/**
 * A GPU beside PyTorch: which there are and how much memory is free ({@link io.deformux.network.gpu.Gpus}), and kernels of our own
 * for what a DeformUX-Net computes between its convolutions ({@link io.deformux.network.gpu.MapKernels}; {@code kernels.cu}),
 * compiled when a network is loaded by NVIDIA's run-time compiler and launched through the driver. Both are called through JNA; no
 * library of ours is built, and nothing here needs a GPU to be loaded.
 *
 * <p>Threads: what is asked of the driver may be asked by any; kernels and layers belong to one thread. May import {@code failure},
 * {@code network.torchscript}, {@code network.weights} and {@code network.proof}.
 */
package io.deformux.network.gpu;
