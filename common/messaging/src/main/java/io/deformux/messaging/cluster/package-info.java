/**
 * How a Kafka cluster is reached, what topics it needs, and what becomes of its refusals.
 *
 * <p>{@link io.deformux.messaging.cluster.KafkaConnection} has the properties of every client; a {@link
 * io.deformux.messaging.cluster.Refusal} tells a person what was not done and what to change; {@link
 * io.deformux.messaging.cluster.Outage} and {@link io.deformux.messaging.cluster.Backoff} have the waits between tries.
 *
 * <p>Threads: everything here is safe to share. May import {@code schemas} and {@code failure}.
 */
package io.deformux.messaging.cluster;
