/**
 * Numbers that describe a structure in a scan, as the Image Biomarker Standardisation Initiative defines them (Zwanenburg et
 * al., reference manual, arXiv:1612.07003): intensities, shape, and the texture matrices of co-occurrence, runs and zones.
 * Start at {@link io.deformux.radiomics.Radiomics}.
 *
 * <p>Nothing is interpolated or re-segmented first: voxels are those of the scan, and texture is counted over all 13
 * directions of the volume into one matrix (in the manual's words, 3D and merged). Left out are the manual's local
 * intensities, intensity-volume histograms, Moran's I and Geary's C (whose time grows with the square of the voxels), and
 * boxes and ellipsoids of least volume, for which it has no agreed values.
 *
 * <p>Threads: stateless. Memory: some integers per voxel of the structure's box. May import {@code volume}.
 */
package io.deformux.radiomics;
