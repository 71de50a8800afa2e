/**
 * One fold from start to end: batches made in the background, the training loop, validation by sliding window,
 * checkpoints to resume from.
 *
 * <p>{@link io.deformux.worker.train.job.FoldJob} is the way in. Threads: a job runs on the thread that calls it, stops
 * when that thread is interrupted, and makes batches on threads of its own. Imports {@code failure}, {@code volume},
 * {@code network}, {@code inference}, {@code evaluation}, {@code storage} (digests), {@code random} and the packages of
 * the training from {@code dataset} to {@code optimization}; nothing of Kafka.
 */
package io.deformux.worker.train.job;
