/**
 * All folds of a training and what comes of them: scores and the ensemble of the fold networks as a model package.
 *
 * <p>Threads: one run belongs to one thread. May import {@code network}, {@code transform}, {@code
 * worker.train.dataset}, {@code worker.train.fold}, {@code worker.train.job}, {@code worker.train.preparation} and
 * {@code worker.train.random}; nothing of Kafka.
 */
package io.deformux.worker.train.crossvalidation;
