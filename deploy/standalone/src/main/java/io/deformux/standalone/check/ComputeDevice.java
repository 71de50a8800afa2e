package io.deformux.standalone.check;

/**
 * Something that networks can run on.
 *
 * @param name as {@code --device} takes it
 * @param description what it is
 */
public record ComputeDevice(String name, String description) {}
