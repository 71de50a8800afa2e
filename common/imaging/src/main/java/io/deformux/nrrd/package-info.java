/**
 * NRRD files ({@code .nrrd}, {@code .nhdr}) as volumes: the plain cases. Anything that does not say where it lies in the
 * patient, or is not plain (lists, skips, text and bzip2 encodings, another unit), is refused rather than guessed at.
 *
 * <p>Threads: readers keep nothing between calls and may be shared. May import {@code volume}, {@code volumefile} and
 * {@code failure}.
 */
package io.deformux.nrrd;
