/**
 * Each result of a scan as a signed POST, for systems that take only HTTP. The place is kept by a consumer group, so that a
 * restart goes on behind what was taken; what is not taken is sent again, so a receiver may get a result twice.
 *
 * <p>Threads: {@link io.deformux.results.webhook.Webhooks} has one of its own. May import {@code messaging.cluster}, {@code
 * messaging.damage}, {@code messaging.record}, {@code schemas} and {@code failure}.
 */
package io.deformux.results.webhook;
