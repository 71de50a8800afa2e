/**
 * A training step on a CPU, in Java: the forward pass that keeps what the backward pass needs, and the backward pass.
 *
 * <p>PyTorch has no fast operator for this network's small channel counts nor for its deformable convolution, and DJL no
 * custom gradients. Here every convolution is the same sum over shifted maps ({@link
 * io.deformux.network.training.Convolution}), so one kernel serves all of them, forwards and backwards. These are the
 * layers; which blocks a network makes of them, its architecture says.
 *
 * <p>Maps lie channel by channel with a rim of zeros around each ({@link io.deformux.network.training.RimmedMaps}). Every kernel
 * exists twice: plain loops, which are the oracle and serve where {@code jdk.incubator.vector} is missing, and vector code;
 * {@link io.deformux.network.training.TrainingKernels#best()} chooses.
 *
 * <p>Threads: a network belongs to one thread at a time and spreads its work over the common pool. Work is cut by size
 * and sums are added in a fixed order, never by who comes first, so that the same step gives the same bits. May import
 * nothing of deformux.
 */
package io.deformux.network.training;
