package io.deformux.routing;

/**
 * Another image of a job whose model sees several.
 *
 * @param name the channel's name in the model
 * @param when which of the other CT or MR series of the study it is
 */
public record WantedChannel(String name, Condition when) {}
