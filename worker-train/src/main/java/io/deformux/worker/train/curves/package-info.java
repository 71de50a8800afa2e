/**
 * The curves of a training as TensorBoard reads them: event files beside the checkpoints of a fold.
 *
 * <p>{@link io.deformux.worker.train.curves.Curves} hears a fold and writes through {@link
 * io.deformux.worker.train.curves.EventFile}. A curve belongs to the thread of its fold. May import {@code
 * worker.train.job} and {@code failure}.
 */
package io.deformux.worker.train.curves;
