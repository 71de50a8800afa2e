/**
 * Mutation fuzzing of whatever reads bytes from outside: a {@link io.deformux.testing.fuzz.FuzzTarget} says what is read,
 * a {@link io.deformux.testing.fuzz.FuzzRun} reads damaged copies of its seeds and holds each to the same rules.
 *
 * <p>Threads: a run belongs to one thread, on which all of its readings happen. May import nothing of deformux.
 */
package io.deformux.testing.fuzz;
