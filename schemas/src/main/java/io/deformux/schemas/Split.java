package io.deformux.schemas;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The folds of a cross-validation.
 *
 * @param folds into how many folds the data set is cut; 1 only where the data set or the file has one
 * @param only which of them to train, counted from 0; absent: all
 * @param file a list of folds as nnU-Net's {@code splits_final.json}; absent: drawn with the training's seed
 */
public record Split(int folds, Optional<List<Integer>> only, Optional<URI> file) {
    /** A split; the list is copied. */
    public Split {
        only = only.map(List::copyOf);
        Objects.requireNonNull(file, "file");
    }

    /** All folds of a split that is drawn with the training's seed. */
    public static Split drawn(int folds) {
        return new Split(folds, Optional.empty(), Optional.empty());
    }

    /** The folds to train, in ascending order; one may be out of range, which no schema can say. */
    public List<Integer> chosen() {
        return only.map(list -> list.stream().sorted().toList())
                .orElseGet(() -> IntStream.range(0, folds).boxed().toList());
    }
}
