/**
 * The values of a network's parameters by state-dict name, and what they are stored as.
 *
 * <p>Threads: values, safe to share as long as nobody writes to the arrays. May import nothing of deformux.
 */
package io.deformux.network.weights;
