package io.deformux.mesh;

/**
 * Triangles.
 *
 * @param vertices x, y and z of each vertex, RAS+ mm
 * @param triangles three vertex numbers each, counter-clockwise when seen from outside
 */
public record Surface(float[] vertices, int[] triangles) {}
