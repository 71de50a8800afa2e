package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;
import java.util.List;

/**
 * Crops of one iteration, as the network takes them.
 *
 * @param count how many crops
 * @param size of each
 * @param channels images of each
 * @param images (count, channels, d, h, w)
 * @param labels (count, 1, d, h, w), unsigned bytes
 */
public record Batch(int count, int channels, Shape3 size, float[] images, byte[] labels) {

    /** Puts crops of one size together. */
    static Batch of(List<Crop> crops, Shape3 size) {
        int length = size.length();
        int channels = crops.get(0).channels();
        float[] images = new float[Math.multiplyExact(crops.size(), channels * length)];
        byte[] labels = new byte[crops.size() * length];
        for (int n = 0; n < crops.size(); n++) {
            System.arraycopy(crops.get(n).image(), 0, images, n * channels * length, channels * length);
            System.arraycopy(crops.get(n).labels(), 0, labels, n * length, length);
        }
        return new Batch(crops.size(), channels, size, images, labels);
    }
}
