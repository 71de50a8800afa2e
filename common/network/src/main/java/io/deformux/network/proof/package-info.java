/**
 * The proof that a network's arithmetic is right on this machine: single output voxels of its layers, computed again in plain
 * float64 from the same inputs and weights.
 *
 * <p>Only dot products of a few dozen voxels are computed, so the shapes can be the real ones. {@link
 * io.deformux.network.proof.ArithmeticProof} takes layer after layer of one warm-up pass and ends in a {@link
 * io.deformux.network.proof.ProofReport}.
 *
 * <p>Threads: a proof belongs to one thread and spreads its work over the common pool; reports are immutable. May import
 * {@code network.kernel} for its values.
 */
package io.deformux.network.proof;
