package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;

/**
 * A piece of an image with its labels.
 *
 * @param shape its size
 * @param image intensities, last axis fastest; held, not copied
 * @param labels classes, likewise
 */
public record Crop(Shape3 shape, float[] image, byte[] labels) {

    /**
     * Cuts a piece out of a case.
     *
     * @param start its first voxel (d, h, w); the whole piece lies inside
     */
    public static Crop of(PreparedCase from, int[] start, Shape3 shape) {
        float[] image = new float[shape.length()];
        byte[] labels = new byte[shape.length()];
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                int row = from.shape().index(start[0] + i, start[1] + j, start[2]);
                from.image(row, image, shape.index(i, j, 0), shape.w());
                from.labels(row, labels, shape.index(i, j, 0), shape.w());
            }
        }
        return new Crop(shape, image, labels);
    }
}
