/**
 * The preprocessing of a preset (spacing, orientation, intensity, crop) and its exact inverse for labels. Start at
 * {@link io.deformux.transform.Preprocessing} and {@link io.deformux.transform.LabelRestoration}.
 *
 * <p>Both go through a scan plane by plane. Beside the scan there is the cropped image, the labels, and two planes of
 * probabilities: memory does not grow with classes times voxels, except for scans with a sheared affine.
 *
 * <p>Threads: presets are immutable; a restoration belongs to one job and one thread, and splits its own work over the
 * common fork-join pool. May import {@code volume} and {@code failure}.
 */
package io.deformux.transform;
