package io.deformux.dicom.series.stack;

import java.util.stream.IntStream;

/**
 * An even stack between slices that are not evenly spaced: for each of its slices, which acquired one lies below it and how
 * much of the next one it has (linear interpolation). The first and the last are slices that were acquired. Immutable.
 */
public final class EvenPlaces {
    private final int sources;
    private final int[] below;
    private final float[] fraction;

    private EvenPlaces(int sources, int[] below, float[] fraction) {
        this.sources = sources;
        this.below = below;
        this.fraction = fraction;
    }

    /**
     * The places of a stack.
     *
     * @param along where the acquired slices lie, ascending, in mm
     * @param spacing about how far apart those of the stack should be
     */
    public static EvenPlaces of(double[] along, double spacing) {
        double extent = along[along.length - 1] - along[0];
        int count = (int) Math.round(extent / spacing) + 1;
        int[] below = new int[count];
        float[] fraction = new float[count];
        int source = 0;
        for (int k = 0; k < count; k++) {
            double at = along[0] + extent * k / (count - 1);
            while (source < along.length - 2 && along[source + 1] <= at) {
                source++;
            }
            below[k] = source;
            fraction[k] = (float) Math.min(1, (at - along[source]) / (along[source + 1] - along[source]));
        }
        return new EvenPlaces(along.length, below, fraction);
    }

    /** How many slices the stack has. */
    public int count() {
        return below.length;
    }

    /** Which acquired slice is nearest to a slice of the stack. */
    public int nearest(int k) {
        return fraction[k] < 0.5f ? below[k] : below[k] + 1;
    }

    /** The values of the stack, both arrays with the slice as fastest axis. */
    public float[] interpolate(float[] acquired) {
        int lines = acquired.length / sources;
        float[] even = new float[Math.multiplyExact(lines, count())];
        IntStream.range(0, lines).parallel().forEach(line -> {
            int from = line * sources;
            int to = line * count();
            for (int k = 0; k < count(); k++) {
                float low = acquired[from + below[k]];
                float high = acquired[from + below[k] + 1];
                even[to + k] = fraction[k] == 0 ? low : low + fraction[k] * (high - low);
            }
        });
        return even;
    }
}
