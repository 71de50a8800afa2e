/**
 * MetaImage files ({@code .mha}, {@code .mhd}) as volumes: the plain cases that ITK writes. Anything that is not plain
 * (several channels or data files, text voxels, another unit) is refused rather than guessed at.
 *
 * <p>Threads: readers keep nothing between calls and may be shared. May import {@code volume}, {@code volumefile} and
 * {@code failure}.
 */
package io.deformux.metaimage;
