/**
 * How good a segmentation is: overlap ({@link io.deformux.evaluation.Dice}), surface distances
 * ({@link io.deformux.evaluation.SurfaceDistances}), their means over cases
 * ({@link io.deformux.evaluation.ScoreTable}) and one row per label of a pair of label maps
 * ({@link io.deformux.evaluation.LabelScore}). Conventions for empty structures are MONAI's, but for
 * {@link io.deformux.evaluation.StructureScore} and label scores, where a missed structure is the worst there is.
 *
 * <p>Threads: records and distances are immutable; a score table belongs to one thread. May import {@code volume} and
 * {@code failure}.
 */
package io.deformux.evaluation;
