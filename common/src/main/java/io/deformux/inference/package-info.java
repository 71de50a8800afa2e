/**
 * The sliding window over a network: which windows, how they blend, plane by plane in bounded memory.
 *
 * <p>Threads: one run belongs to one thread. Imports {@code network}, {@code volume} and {@code failure}; knows
 * windows and blending, not files or events.
 */
package io.deformux.inference;
