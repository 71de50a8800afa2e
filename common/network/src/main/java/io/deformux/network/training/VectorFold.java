package io.deformux.network.training;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds up the lanes of many vectors at once: two vectors become one that holds, in turn, sums of neighbouring lanes of the
 * first and of the second, until every lane is the total of one vector. A fraction of the work of one sum at a time.
 */
final class VectorFold {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final int LANES = FLOATS.length();

    /** By level: the lanes whose number has that bit, and the exchange of lanes that differ in it. */
    private static final List<VectorMask<Float>> SECOND = new ArrayList<>();

    private static final List<VectorShuffle<Float>> SWAPPED = new ArrayList<>();

    static {
        for (int bit = 1; bit < LANES; bit *= 2) {
            int level = bit;
            boolean[] second = new boolean[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                second[lane] = (lane & level) != 0;
            }
            SECOND.add(VectorMask.fromArray(FLOATS, second, 0));
            SWAPPED.add(VectorShuffle.fromOp(FLOATS, lane -> lane ^ level));
        }
    }

    private VectorFold() {}

    /** How many values so many vectors take, filled up to a number of vectors that can be folded. */
    static int length(int vectors) {
        return (vectors + LANES - 1) / LANES * LANES * LANES;
    }

    /**
     * Replaces vectors by their totals.
     *
     * @param vectors {@code count} of them, then their totals in the same order
     * @param count a multiple of the lanes
     */
    static void totals(float[] vectors, int count) {
        for (int level = 0; level < SECOND.size(); level++) {
            fold(vectors, count >> (level + 1), SECOND.get(level), SWAPPED.get(level));
        }
    }

    private static void fold(float[] vectors, int count, VectorMask<Float> second, VectorShuffle<Float> swapped) {
        for (int i = 0; i < count; i++) {
            FloatVector a = FloatVector.fromArray(FLOATS, vectors, 2 * i * LANES);
            FloatVector b = FloatVector.fromArray(FLOATS, vectors, (2 * i + 1) * LANES);
            a.blend(b, second).add(b.blend(a, second).rearrange(swapped)).intoArray(vectors, i * LANES);
        }
    }
}
