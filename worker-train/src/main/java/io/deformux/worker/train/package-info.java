/**
 * The training worker: cross-validation folds as jobs.
 *
 * <p>The way of a fold, one package per step: {@code dataset} (which images and labels), {@code fold} (who validates
 * when), {@code preparation} (network input on disk, made once), {@code sampling} (crops and augmentation),
 * {@code optimization} (loss and AdamW), {@code job} (the loop, its checkpoints and its validation), {@code curves}
 * (what TensorBoard shows). Imports go in that direction only; {@code random} serves whoever draws.
 *
 * <p>Around it, the way of a training: {@code plan} (its folds as events, and their results), {@code publish} (the folds'
 * models as one ensemble), {@code messaging} (the loops that run folds and publications); before it {@code planning}, for whoever
 * leaves spacing, intensities and crops to the data set. In a comparison of networks, {@code
 * measurement} says how good each fold is and {@code comparison} makes one table of all.
 */
package io.deformux.worker.train;
