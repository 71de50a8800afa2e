/**
 * What the formats of one volume in a file have in common: {@link io.deformux.volumefile.VolumeReader} is the way to read
 * each ({@link io.deformux.volumefile.HeaderedReader} where a header may stand alone), {@link io.deformux.volumefile.VolumeFiles} finds the one reader and the one file, {@link
 * io.deformux.volumefile.StoredVoxels} brings voxels from the order of a file to that of memory, and {@link
 * io.deformux.volumefile.FileSignature} names what is no format that is read.
 *
 * <p>Threads: everything may be shared, apart from streams. May import {@code volume} and {@code failure}.
 */
package io.deformux.volumefile;
