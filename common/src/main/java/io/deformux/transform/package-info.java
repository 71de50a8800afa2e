/**
 * The preprocessing of a preset (spacing, orientation, intensity, crop) and its exact inverse for labels.
 *
 * <p>Threads: presets are immutable; a restoration belongs to one job and one thread, and splits its own work over
 * cores. Imports only {@code volume} and {@code failure}.
 */
package io.deformux.transform;
