/**
 * Voxel grids in space: {@link io.deformux.volume.Volume} (values) and {@link io.deformux.volume.LabelMap} (classes)
 * over a {@link io.deformux.volume.Geometry} (shape and RAS+ affine), and resampling between grids.
 *
 * <p>One memory order everywhere: axes (i, j, k) are array axes 0, 1, 2, the last one fastest, so voxel (i, j, k) of an
 * (ni, nj, nk) grid is element {@code (i * nj + j) * nk + k}. Readers and writers of formats that store the first axis
 * fastest transpose.
 *
 * <p>Threads: shapes, affines and geometries are immutable. A volume or label map is not copied on the way in or out;
 * whoever holds it last before handing it on must stop writing. Resampling spreads over the common fork-join pool. May
 * import {@code failure}.
 */
package io.deformux.volume;
