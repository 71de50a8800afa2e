/**
 * Cross-validation: which cases a fold trains on and which it validates on.
 *
 * <p>Threads: immutable. May import {@code worker.train.dataset}, {@code worker.train.random} and {@code failure}.
 */
package io.deformux.worker.train.fold;
