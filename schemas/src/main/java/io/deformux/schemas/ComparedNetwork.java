package io.deformux.schemas;

/**
 * A network to compare.
 *
 * @param name what the comparison calls it, as {@code ux-net-k21}; no two have the same
 * @param architecture its kind and settings
 */
public record ComparedNetwork(String name, ArchitectureSpec architecture) {}
