package io.deformux.worker.infer.probability;

import java.util.Optional;

/**
 * How sure the network was of one label, over the voxels of its own grid where that label is the likeliest class.
 *
 * @param confidence the mean probability of the label there, 0 to 1
 * @param entropy the mean entropy over all classes there, 0 (one class is certain) to 1 (all are as likely)
 * @param disagreement the mean there of what {@link DoubtPlane#disagreements} says of each voxel; absent of one network
 */
public record LabelDoubt(double confidence, double entropy, Optional<Double> disagreement) {}
