/**
 * What can go wrong, as stable codes with a fatal-or-retryable verdict, and the one exception that carries them.
 *
 * <p>Threads: immutable. May import nothing of deformux; every other package may import it.
 */
package io.deformux.failure;
