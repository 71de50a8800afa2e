/**
 * What a data set says about how to train on it ({@link io.deformux.worker.train.planning.NnunetRules}): spacing, intensities,
 * window and batch by the rules of nnU-Net (Isensee et al., Nature Methods 2021), from figures of every scan.
 *
 * <p>Threads: the calling thread. May import {@code failure}, {@code transform}, {@code volume}, {@code network..}, {@code
 * worker.train.dataset} and {@code worker.train.preparation}.
 */
package io.deformux.worker.train.planning;
