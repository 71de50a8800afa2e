/**
 * The training worker: cross-validation folds as jobs.
 *
 * <p>The way of a fold, one package per step: {@code dataset} (which images and labels), {@code fold} (who validates
 * when), {@code preparation} (network input on disk, made once), {@code sampling} (crops and augmentation), {@code
 * optimization} (loss and AdamW), {@code job} (the loop, its checkpoints and its validation), {@code curves} (what
 * TensorBoard shows), {@code crossvalidation} (all folds and their ensemble); around it, on Kafka, {@code plan}, {@code
 * publish} and {@code messaging}. Imports go in that direction only.
 */
package io.deformux.worker.train;
