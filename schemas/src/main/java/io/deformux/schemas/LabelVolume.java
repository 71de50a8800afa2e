package io.deformux.schemas;

/**
 * How much of one label was found.
 *
 * @param value the voxel value in the label map, 1 or more
 * @param name the label's name in the model
 * @param voxels number of voxels
 * @param volumeMl volume in mL
 */
public record LabelVolume(int value, String name, long voxels, double volumeMl) {}
