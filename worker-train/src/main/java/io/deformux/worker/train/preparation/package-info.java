/**
 * Network input on disk: every training case goes through the preset's preprocessing once, its labels with it, and is
 * then read crop by crop without being loaded.
 *
 * <p>Threads: a cache and what it opens may be shared. Processes may share the folder. Imports {@code failure}, {@code
 * volume}, {@code nifti}, {@code transform}, {@code storage} and {@code dataset}.
 */
package io.deformux.worker.train.preparation;
