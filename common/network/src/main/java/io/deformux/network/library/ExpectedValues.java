package io.deformux.network.library;

import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Some places of an array, and what has to stand there. */
final class ExpectedValues {
    private final int[] places;
    private final DotProduct[] exact;

    private ExpectedValues(int[] places, IntFunction<DotProduct> definition) {
        this.places = places;
        this.exact = new DotProduct[places.length];
        for (int n = 0; n < places.length; n++) {
            exact[n] = definition.apply(places[n]);
        }
    }

    /** What defines a value of a map. */
    interface Definition {
        DotProduct at(int sample, int channel, int voxel);
    }

    /** All channels of the first voxel, of the last one and of random ones of a map (batch, channels, voxels). */
    static ExpectedValues ofMap(
            int batch, int channels, int voxels, int count, SplittableRandom random, Definition definition) {
        int[] places = new int[count * channels];
        for (int n = 0; n < count; n++) {
            int at = n == 0 ? 0 : n == 1 ? batch * voxels - 1 : random.nextInt(batch * voxels);
            for (int c = 0; c < channels; c++) {
                places[n * channels + c] = (at / voxels * channels + c) * voxels + at % voxels;
            }
        }
        return new ExpectedValues(
                places, place -> definition.at(place / voxels / channels, place / voxels % channels, place % voxels));
    }

    /** Random places of an array of that length. */
    static ExpectedValues ofArray(int length, int count, SplittableRandom random, IntFunction<DotProduct> definition) {
        return new ExpectedValues(random.ints(count, 0, length).toArray(), definition);
    }

    /** The worst error of an array that lies in a larger one; infinite if any of its values is not finite. */
    double error(float[] computed, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (!Float.isFinite(computed[i])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double worst = 0;
        for (int n = 0; n < places.length; n++) {
            worst = Math.max(worst, exact[n].error(computed[from + places[n]]));
        }
        return worst;
    }
}
