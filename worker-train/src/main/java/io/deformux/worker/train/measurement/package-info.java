/**
 * What a fold of a comparison cost and how good it is: its best network segments the validation cases once more as a worker
 * would ({@link io.deformux.worker.train.measurement.Trial}), and every case's figures go into a file beside the model
 * ({@link io.deformux.worker.train.measurement.Scores}).
 *
 * <p>Threads: the fold's. May import {@code worker.train.job}, {@code worker.train.preparation}, {@code evaluation}, {@code
 * failure}, {@code inference}, {@code network..}, {@code storage}, {@code transform}, {@code volume}.
 */
package io.deformux.worker.train.measurement;
