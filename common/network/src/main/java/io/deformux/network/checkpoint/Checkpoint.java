package io.deformux.network.checkpoint;

import io.deformux.network.weights.Weights;

/**
 * What a weights file holds.
 *
 * @param format how it was stored
 * @param weights every tensor of its state dict as float, without what wrappers such as data-parallel training put
 *     before all names; not yet compared with any network
 */
public record Checkpoint(CheckpointFormat format, Weights weights) {}
