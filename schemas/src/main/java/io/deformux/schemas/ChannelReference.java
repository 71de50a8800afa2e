package io.deformux.schemas;

/**
 * One more image of a scan.
 *
 * @param name the channel's name in the model
 * @param input where it lies
 */
public record ChannelReference(String name, InputReference input) {}
