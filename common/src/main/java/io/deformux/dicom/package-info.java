/**
 * DICOM series into {@code volume}: the data set parser, the pixel decoders and the assembly of slices.
 *
 * <p>Threads: readers hold no state and may be shared. Imports only {@code volume} and {@code failure}.
 */
package io.deformux.dicom;
