/**
 * What can go wrong, as stable codes of which each has a class that says what a worker does about it, the one exception
 * that carries them, and how events tell it.
 *
 * <p>Threads: immutable. May import nothing of deformux; every other package may import it.
 */
package io.deformux.failure;
