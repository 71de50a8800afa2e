package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;
import java.util.Arrays;

/**
 * A piece of a scan with its labels.
 *
 * @param shape its size
 * @param image intensities (channels, shape), last axis fastest; held, not copied
 * @param labels classes (shape), likewise
 */
public record Crop(Shape3 shape, float[] image, byte[] labels) {

    /**
     * Cuts a piece out of a case. What lies beyond it is background with the intensity of what surrounds a patient.
     *
     * @param start its first voxel (d, h, w), which may lie beyond the case
     */
    public static Crop of(PreparedCase from, int[] start, Shape3 shape) {
        int length = shape.length();
        float[] image = new float[Math.multiplyExact(from.channels(), length)];
        byte[] labels = new byte[length];
        for (int channel = 0; channel < from.channels(); channel++) {
            Arrays.fill(image, channel * length, (channel + 1) * length, from.surroundings(channel));
        }
        int firstRow = Math.max(0, -start[1]);
        int endRow = Math.min(shape.h(), from.shape().h() - start[1]);
        int first = Math.max(0, -start[2]);
        int count = Math.min(shape.w(), from.shape().w() - start[2]) - first;
        for (int i = Math.max(0, -start[0]);
                i < Math.min(shape.d(), from.shape().d() - start[0]);
                i++) {
            for (int j = firstRow; j < endRow && count > 0; j++) {
                int row = from.shape().index(start[0] + i, start[1] + j, start[2] + first);
                int to = shape.index(i, j, first);
                for (int channel = 0; channel < from.channels(); channel++) {
                    from.image(channel, row, image, channel * length + to, count);
                }
                from.labels(row, labels, to, count);
            }
        }
        return new Crop(shape, image, labels);
    }

    /** How many images the scan has. */
    int channels() {
        return image.length / labels.length;
    }

    /** The same with other intensities, which are held. */
    Crop withImage(float[] other) {
        return new Crop(shape, other, labels);
    }
}
