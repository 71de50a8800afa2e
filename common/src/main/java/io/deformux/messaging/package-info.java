/**
 * The job loop on Kafka: one record in flight, result and offset in one transaction, retries, dead letters, progress.
 *
 * <p>Threads: a loop owns its consumer and producer and runs on one thread; jobs run on another. Imports only
 * {@code schemas} and {@code failure}.
 */
package io.deformux.messaging;
