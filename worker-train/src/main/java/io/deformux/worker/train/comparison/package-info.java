/**
 * From the figures of the folds to one table of the networks: {@link io.deformux.worker.train.comparison.ComparisonTable}
 * computes it, {@link io.deformux.worker.train.comparison.ComparisonReport} and {@link
 * io.deformux.worker.train.comparison.ComparisonCsv} write it down, {@link
 * io.deformux.worker.train.comparison.ComparisonPublication} stores it.
 *
 * <p>The table depends on the {@code comparison.ready} event and the folds' files alone, so that a worker that makes it again
 * makes the same.
 *
 * <p>Threads: nothing is kept; a publication is one at a time. May import {@code worker.train.measurement}, {@code
 * evaluation}, {@code evaluation.statistics}, {@code failure}, {@code schemas} and {@code storage}; nothing of Kafka.
 */
package io.deformux.worker.train.comparison;
