/**
 * Label maps and their truths: which belong together ({@link io.deformux.standalone.evaluation.CasePairs}), and the scores
 * of all of them as a table, as JSON ({@link io.deformux.standalone.evaluation.EvaluationReport}) and as nnU-Net's
 * summary.json ({@link io.deformux.standalone.evaluation.NnunetSummary}).
 *
 * <p>Threads: immutable; files are read on the calling thread. May import {@code evaluation}, {@code failure}, {@code
 * storage}, {@code volume}, {@code volumefile}, {@code worker.infer.result}, {@code worker.infer.scan} and {@code
 * worker.infer.settings}.
 */
package io.deformux.standalone.evaluation;
