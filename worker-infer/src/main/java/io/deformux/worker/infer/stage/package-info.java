/**
 * The steps of a job as others see them: their names, times and limits, the progress that is told, and whose job it
 * still is.
 *
 * <p>Threads: a clock and a watch belong to their job's thread. May import {@code failure}, {@code inference}, {@code
 * messaging.job} and {@code schemas}.
 */
package io.deformux.worker.infer.stage;
