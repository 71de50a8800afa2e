/**
 * What training minimises and how: the loss of the reference and AdamW.
 *
 * <p>Threads: an optimizer belongs to the thread that trains. Loss and optimizer know DJL's arrays only, so that both
 * run on whatever device the network is on; {@code TrainingStep} joins them to the network. May import {@code network..}.
 */
package io.deformux.worker.train.optimization;
