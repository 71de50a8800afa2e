package io.deformux.worker.train.dataset;

import io.deformux.transform.LabelRegion;
import java.util.List;

/**
 * What a data set's folder says, as far as it can be read.
 *
 * @param layout what the layout is called
 * @param channels the names of the images of a case, in their order; empty if there is one and nothing is said of it
 * @param cases those whose files are there
 * @param labels the class names by value; empty if what is said of them cannot be used
 * @param regions what is learned where that is not a label each
 * @param givenFolds the splits that came with the data
 */
public record Listing(
        String layout,
        List<String> channels,
        List<TrainingCase> cases,
        List<String> labels,
        List<LabelRegion> regions,
        List<GivenFold> givenFolds) {

    /** Keeps copies. */
    public Listing {
        channels = List.copyOf(channels);
        cases = List.copyOf(cases);
        labels = List.copyOf(labels);
        regions = List.copyOf(regions);
        givenFolds = List.copyOf(givenFolds);
    }

    /** The data set that it lists; errors as {@link Dataset} has them. */
    public Dataset dataset() {
        return new Dataset(channels, cases, labels, regions, givenFolds);
    }
}
