/**
 * The results page: what the topics tell, for people who look on and for programs that take only HTTP.
 * {@link io.deformux.results.ResultsPage} is the way in; {@code state} reads the topics, {@code web} serves, {@code webhook}
 * posts each result.
 *
 * <p>Threads: started and closed by one thread; the parts have their own. May import {@code results.state}, {@code
 * results.web}, {@code results.webhook}, {@code messaging.cluster}, {@code messaging.event} and {@code
 * storage..}.
 */
package io.deformux.results;
