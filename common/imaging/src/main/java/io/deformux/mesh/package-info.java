/**
 * Surfaces of labels, for pictures and for printing.
 *
 * <p>Threads: stateless. Memory: two planes of the label's box, and the surface. May import {@code volume}.
 */
package io.deformux.mesh;
