/**
 * Cross-validation: which cases a fold trains on and which it validates on.
 *
 * <p>Threads: immutable. Imports {@code failure}, {@code dataset} and {@code random}.
 */
package io.deformux.worker.train.fold;
