/**
 * Training data as people keep it: Medical Segmentation Decathlon, nnU-Net v2 and plain folders, read into one
 * {@link io.deformux.worker.train.dataset.Dataset}.
 *
 * <p>Threads: immutable records; readers keep nothing between calls. May import {@code storage} and {@code failure}.
 */
package io.deformux.worker.train.dataset;
