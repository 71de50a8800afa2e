package io.deformux.worker.train.dataset;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import io.deformux.transform.LabelRegion;
import io.deformux.transform.Preset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Labelled scans to train with.
 *
 * @param channels the names of the images of a case, in their order; empty if there is one and nothing is said of it
 * @param cases at least one, by id; every file was there when the data set was read
 * @param labels the class names, index = label value, the first being the background
 * @param regions what is learned where that is not a label each
 * @param givenFolds the splits that came with the data, empty if it leaves them to us
 */
public record Dataset(
        List<String> channels,
        List<TrainingCase> cases,
        List<String> labels,
        List<LabelRegion> regions,
        List<GivenFold> givenFolds) {

    /**
     * Sorts the cases by id and checks that no two share one.
     *
     * @throws JobException DATASET_INVALID
     */
    public Dataset {
        channels = List.copyOf(channels);
        cases = cases.stream().sorted(Comparator.comparing(TrainingCase::id)).toList();
        labels = List.copyOf(labels);
        regions = List.copyOf(regions);
        givenFolds = List.copyOf(givenFolds);
        require(!cases.isEmpty(), "the data set has no training case");
        require(
                labels.size() >= 2 && labels.size() <= 256,
                "the data set needs 2 to 256 labels, the background included, not " + labels.size());
        for (int label = 0; label < labels.size(); label++) {
            String name = labels.get(label);
            require(
                    Preset.isClassName(name),
                    "label " + label + " has a name of " + name.length()
                            + " characters: a model takes 1 to 64, none of them a control character; shorten it");
        }
        require(new HashSet<>(labels).size() == labels.size(), "two labels of the data set have the same name");
        Set<String> ids = new HashSet<>();
        for (TrainingCase each : cases) {
            require(ids.add(each.id()), "two training cases are called " + each.id());
        }
    }

    /** A data set of one image a case, of which nothing is said. */
    public Dataset(List<TrainingCase> cases, List<String> labels, List<GivenFold> givenFolds) {
        this(List.of(), cases, labels, List.of(), givenFolds);
    }

    /** How many images a case has. */
    public int channelCount() {
        return Math.max(1, channels.size());
    }

    /** How many outputs a network of it has. */
    public int outputs() {
        return regions.isEmpty() ? labels.size() : regions.size();
    }

    /** The case ids, sorted. */
    public List<String> ids() {
        return cases.stream().map(TrainingCase::id).toList();
    }

    /**
     * The case of that id.
     *
     * @throws JobException FOLDS_INVALID if there is none, because only a split can name it
     */
    public TrainingCase named(String id) {
        return cases.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new JobException(
                        FailureCode.FOLDS_INVALID, "the data set has no case " + id + " of the split"));
    }

    /**
     * SHA-256 over the ids and the digests of all images and label maps: the same data give the same digest wherever
     * they lie. Reads every file.
     */
    public String digest() {
        return Digest.ofAll(cases.stream().map(TrainingCase::digest).toList());
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw invalid(message);
        }
    }

    static JobException invalid(String message) {
        return new JobException(FailureCode.DATASET_INVALID, message);
    }
}
