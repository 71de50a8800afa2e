/**
 * Records that the brokers' disks have damaged. A consumer does not get past them by itself, so every reader reads through
 * {@link io.deformux.messaging.damage.DamagedRecords#passing}.
 *
 * <p>Threads: a record for all threads; a consumer is its owner's. May import {@code messaging.cluster}, {@code
 * messaging.record}, {@code schemas} and {@code failure}.
 */
package io.deformux.messaging.damage;
