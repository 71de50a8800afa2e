/**
 * Network input on disk: every training case goes through the preset's preprocessing once, its labels with it, and is
 * then read crop by crop without being loaded.
 *
 * <p>Threads: a cache and what it opens may be shared. Processes may share the folder. May import {@code
 * worker.train.dataset}, {@code failure}, {@code metaimage}, {@code nifti}, {@code nrrd}, {@code storage}, {@code transform}, {@code volume} and
 * {@code volumefile}.
 */
package io.deformux.worker.train.preparation;
