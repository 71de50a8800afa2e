/**
 * What the topics tell, kept so that it can be asked for: jobs, trainings, models and dead letters, each as a record of
 * what is known of it. Nothing is kept anywhere else: {@link io.deformux.results.state.TopicReader} reads all topics from
 * their beginning whenever it starts, and the same records in the same order per key give the same
 * {@link io.deformux.results.state.KnownResults}.
 *
 * <p>Threads: {@code KnownResults} is for all threads and hands out immutable records; a reader has a thread of its own. May
 * import {@code messaging.cluster}, {@code messaging.deadletter}, {@code messaging.event}, {@code messaging.record},
 * {@code schemas} and {@code failure}.
 */
package io.deformux.results.state;
