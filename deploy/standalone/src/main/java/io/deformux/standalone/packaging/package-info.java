/**
 * Model packages that the command line makes itself: with random weights, and with weights that were trained elsewhere.
 * Those of trainings are made by the training worker.
 *
 * <p>Threads: the calling thread. Files go to a scratch folder beside the package until it is complete. May import {@code
 * standalone.option}, {@code failure}, {@code model}, {@code network..}, {@code storage}, {@code transform}
 * and {@code worker.train.dataset}.
 */
package io.deformux.standalone.packaging;
