/**
 * Traces: spans of jobs and their stages, in the trace that a job came with, to an OTLP endpoint.
 *
 * <p>Threads: spans are made on the threads of jobs and sent on one of the library's. May import {@code failure}, {@code messaging.job}, {@code messaging.record},
 * {@code worker.infer.stage} and {@code worker.train.job}.
 */
package io.deformux.telemetry.trace;
