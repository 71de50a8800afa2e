/**
 * Events out and in for those who do no jobs: requests and feeds are published, results are read.
 *
 * <p>Threads: each class says which. May import {@code messaging.cluster}, {@code messaging.damage}, {@code
 * messaging.record}, {@code schemas} and {@code failure}.
 */
package io.deformux.messaging.event;
