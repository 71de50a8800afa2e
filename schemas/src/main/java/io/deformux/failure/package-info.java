/**
 * What can go wrong, as stable codes with a fatal-or-retryable verdict, the one exception that
 * carries them, and how events tell it.
 *
 * <p>Threads: immutable. May import nothing of deformux; every other package may import it.
 */
package io.deformux.failure;
