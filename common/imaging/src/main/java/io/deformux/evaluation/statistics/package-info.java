/**
 * What the figures of several cases say of several networks: mean and deviation ({@link
 * io.deformux.evaluation.statistics.Sample}), whether one is better than another by more than chance ({@link
 * io.deformux.evaluation.statistics.SignedRankTest}, {@link io.deformux.evaluation.statistics.Holm}), and how much the ranks
 * hang on the cases ({@link io.deformux.evaluation.statistics.Ranks}). A case without a figure is NaN throughout.
 *
 * <p>Threads: nothing is kept. May import nothing of deformux.
 */
package io.deformux.evaluation.statistics;
