/**
 * What the network sees while it learns: crops around foreground and background, augmented, in batches.
 *
 * <p>Everything random comes from a {@link io.deformux.worker.train.random.RandomStream} that the caller places, so a
 * batch depends on its number alone. Threads: immutable, apart from what a method says. Imports {@code failure}, {@code
 * volume}, {@code preparation} and {@code random}.
 */
package io.deformux.worker.train.sampling;
