/**
 * What lies in a Kafka record: an event in one of the two modes of CloudEvents, a job that waits, a dead letter. No client.
 *
 * <p>Threads: everything here is immutable and safe to share. May import {@code schemas} and {@code failure}.
 */
package io.deformux.messaging.record;
