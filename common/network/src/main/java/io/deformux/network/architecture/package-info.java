/**
 * What a kind of network is to the rest of the house. Each kind has a package of its own below.
 *
 * <p>Threads: as each type says. May import {@code network.torchscript}, {@code network.weights}, {@code network.proof} and
 * {@code failure}.
 */
package io.deformux.network.architecture;
