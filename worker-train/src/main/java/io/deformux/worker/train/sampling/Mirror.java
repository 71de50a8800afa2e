package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;
import io.deformux.worker.train.random.RandomStream;
import java.util.List;

/**
 * Each of some axes is mirrored in one half of the crops, independently of the others.
 *
 * @param axes from 0 to 2, each once
 */
record Mirror(List<Integer> axes) implements Variation {

    Mirror {
        axes = axes.stream().distinct().sorted().toList();
        if (axes.stream().anyMatch(axis -> axis < 0 || axis > 2)) {
            throw new IllegalArgumentException("axes to mirror are 0, 1 or 2, not " + axes);
        }
    }

    @Override
    public String identity() {
        return "mirror " + axes;
    }

    @Override
    public Crop apply(Crop crop, RandomStream random) {
        boolean[] mirrored = new boolean[3];
        axes.forEach(axis -> mirrored[axis] = random.coin());
        return apply(crop, mirrored);
    }

    private static Crop apply(Crop crop, boolean[] mirrored) {
        Shape3 shape = crop.shape();
        int length = shape.length();
        float[] image = new float[crop.image().length];
        byte[] labels = new byte[length];
        int at = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++, at++) {
                    int from = shape.index(
                            mirrored[0] ? shape.d() - 1 - i : i,
                            mirrored[1] ? shape.h() - 1 - j : j,
                            mirrored[2] ? shape.w() - 1 - k : k);
                    for (int channel = 0; channel < image.length; channel += length) {
                        image[channel + at] = crop.image()[channel + from];
                    }
                    labels[at] = crop.labels()[from];
                }
            }
        }
        return new Crop(shape, image, labels);
    }
}
