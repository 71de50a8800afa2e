package io.deformux.transform;

import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;

/**
 * Zero mean and a standard deviation of 1 over all voxels of the smallest box that holds what is not zero: zeros in it count and
 * are scaled like any value (nnU-Net: ZScoreNormalization without a mask, after its crop).
 */
public record WholeScore() implements Intensity {

    @Override
    public IntensityScale of(Volume scan) {
        float[] voxels = scan.voxels();
        Shape3 shape = scan.geometry().shape();
        CropBox box = box(voxels, shape);
        if (box == null) {
            return new StandardScore(0, 1, false);
        }
        double mean = 0;
        double squares = 0;
        long count = 0;
        for (int i = box.d(); i < box.end(0); i++) {
            for (int j = box.h(); j < box.end(1); j++) {
                for (int k = box.w(); k < box.end(2); k++) {
                    double value = voxels[shape.index(i, j, k)];
                    if (Double.isFinite(value)) {
                        // Welford's: values far from zero that hardly differ lose nothing.
                        count++;
                        double before = value - mean;
                        mean += before / count;
                        squares += before * (value - mean);
                    }
                }
            }
        }
        double deviation = Math.sqrt(squares / count);
        return new StandardScore((float) mean, deviation == 0 ? 1 : (float) deviation, false);
    }

    /** Of what is not zero; {@code null} if there is nothing. */
    private static CropBox box(float[] voxels, Shape3 shape) {
        CropBox box = null;
        for (int row = 0; row < shape.d() * shape.h(); row++) {
            int first = 0;
            int last = shape.w() - 1;
            while (first <= last && !StandardScore.counts(voxels[row * shape.w() + first])) {
                first++;
            }
            while (last > first && !StandardScore.counts(voxels[row * shape.w() + last])) {
                last--;
            }
            if (first <= last) {
                CropBox here = new CropBox(row / shape.h(), row % shape.h(), first, new Shape3(1, 1, last - first + 1));
                box = box == null ? here : box.union(here);
            }
        }
        return box;
    }
}
