/**
 * How sure the network was: the probabilities of some classes as maps, and what they say of each label; of an ensemble
 * also what its members disagree about.
 *
 * <p>Planes of probabilities go to files in the job's scratch folder as they come, and from there to the outputs, so memory
 * does not grow with classes times voxels.
 *
 * <p>Threads: what takes planes belongs to one thread; maps that are complete may be written by many at once. May import
 * {@code failure}, {@code nifti}, {@code schemas}, {@code transform} and {@code volume}.
 */
package io.deformux.worker.infer.probability;
