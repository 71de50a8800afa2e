/**
 * Training data as people keep it: Medical Segmentation Decathlon, nnU-Net and plain folders, read into one
 * {@link io.deformux.worker.train.dataset.Dataset}, or {@link io.deformux.worker.train.dataset.DatasetFindings} that say all that is
 * wrong with it.
 *
 * <p>Threads: immutable records; readers keep nothing between calls. May import {@code storage}, {@code transform}
 * and {@code failure}.
 */
package io.deformux.worker.train.dataset;
