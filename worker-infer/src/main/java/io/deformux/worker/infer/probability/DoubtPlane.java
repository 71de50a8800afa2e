package io.deformux.worker.infer.probability;

import java.util.Optional;

/**
 * How unsure the network was of each voxel of a plane, (h, w) each; valid until the next plane.
 *
 * @param entropies of the probabilities, of an ensemble of their mean, over the largest entropy that there can be: 0 to 1
 * @param disagreements the part of that which an ensemble's members disagree about: the entropy of their mean less the mean of
 *     their entropies, over the same largest entropy. It is the mutual information of the class and of which member is asked
 *     (Houlsby et al. 2011, arXiv 1112.5745, called BALD; the epistemic part in Depeweg et al. 2018, arXiv 1710.07283): 0 where all members say the
 *     same, however unsure, and 1 at the most. Absent of one network
 */
public record DoubtPlane(float[] entropies, Optional<float[]> disagreements) {}
