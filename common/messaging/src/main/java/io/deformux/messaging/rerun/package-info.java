/**
 * Scans that were segmented, once more with another model: which of them, by what Kafka still has of results and requests,
 * and the requests for it.
 *
 * <p>Threads: one. May import {@code messaging.cluster}, {@code messaging.event}, {@code messaging.record}, {@code schemas}
 * and {@code failure}.
 */
package io.deformux.messaging.rerun;
