package io.deformux.worker.infer.preview;

/**
 * What a label is called and looks like.
 *
 * @param label the voxel value, 1 to 255
 * @param name its class
 * @param rgb its colour, sRGB
 * @param millilitres how much was found
 */
public record LegendEntry(int label, String name, int rgb, double millilitres) {}
