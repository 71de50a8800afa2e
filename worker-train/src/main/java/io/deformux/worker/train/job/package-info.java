/**
 * One fold from start to end: batches made in the background, the training loop, validation by sliding window,
 * checkpoints to resume from.
 *
 * <p>{@link io.deformux.worker.train.job.FoldJob} is the way in. Threads: a job runs on the thread that calls it, stops
 * when that thread is interrupted, and makes batches on threads of its own. May import {@code worker.train.dataset},
 * {@code worker.train.fold}, {@code worker.train.optimization}, {@code worker.train.preparation}, {@code
 * worker.train.random}, {@code worker.train.sampling}, {@code evaluation}, {@code failure}, {@code inference}, {@code
 * network..}, {@code storage}, {@code transform} and {@code volume}; nothing of Kafka.
 */
package io.deformux.worker.train.job;
