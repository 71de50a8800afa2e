/**
 * What the network computes on a CPU, in Java: dense, depthwise and depthwise deformable convolutions, norms,
 * activations and residuals, fused into few passes over maps that lie channels last.
 *
 * <p>{@link io.deformux.network.kernel.MapView} is a map (d, h, w, c) in native memory. Every kernel exists twice: plain
 * loops, which are the oracle and serve where {@code jdk.incubator.vector} is missing, and vector code.
 * {@link io.deformux.network.kernel.Kernels#best()} chooses once.
 *
 * <p>Threads: kernels and passes hold no state and are safe to share; a pass spreads its work over the common pool and
 * returns when all is done. Work is cut by size, never by the number of threads, so results do not depend on it. May
 * import nothing of deformux.
 */
package io.deformux.network.kernel;
