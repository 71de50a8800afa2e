/**
 * What the network sees while it learns: crops around foreground and background, augmented, in batches.
 *
 * <p>Everything random comes from a {@link io.deformux.worker.train.random.RandomStream} that the caller places, so a
 * batch depends on its number alone. Threads: immutable, apart from what a method says. May import {@code
 * worker.train.preparation}, {@code worker.train.random}, {@code failure} and {@code volume}.
 */
package io.deformux.worker.train.sampling;
