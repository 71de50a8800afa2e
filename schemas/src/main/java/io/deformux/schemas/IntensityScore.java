package io.deformux.schemas;

/**
 * What clipped intensities are measured by, in the unit of the scan.
 *
 * @param mean the intensity that becomes 0
 * @param deviation how much above it becomes 1
 */
public record IntensityScore(double mean, double deviation) {}
