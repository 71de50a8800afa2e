/**
 * What a worker and the job loop agree on: the handler that the loop calls, what a job sees of the loop, how often and how
 * long a job may be tried, whether the worker can work at
 * all, and who hears of it.
 *
 * <p>Threads: settings are immutable; a handler is called by the threads that {@code messaging} names. May import {@code
 * messaging.cluster}, {@code messaging.record}, {@code schemas} and {@code failure}.
 */
package io.deformux.messaging.job;
