package io.deformux.worker.train.preparation;

import io.deformux.transform.LabelRegion;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which values label maps may have: all up to a number, or with regions those that any of them is made of.
 *
 * @param count how many labels there are, the background included; 0 if nobody knows
 * @param regions what is learned where that is not a label each
 */
public record KnownLabels(int count, List<LabelRegion> regions) {

    /** Keeps a copy. */
    public KnownLabels {
        regions = List.copyOf(regions);
    }

    /** Whether a value may occur. */
    public boolean has(int value) {
        return count == 0 || value == 0 || value < count && (regions.isEmpty() || isInRegion(value));
    }

    private boolean isInRegion(int value) {
        return regions.stream().anyMatch(region -> region.labels().contains(value));
    }

    /** The values that may occur, ascending; none if nobody knows. */
    List<Integer> all() {
        return IntStream.range(0, count).filter(this::has).boxed().toList();
    }

    /** Says what there is instead of a value that may not occur. */
    String words() {
        return regions.isEmpty() ? "the labels end at " + (count - 1) : "the regions are made of " + all();
    }
}
