package io.deformux.worker.train.fold;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.GivenFold;
import io.deformux.worker.train.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the folds of a cross-validation. */
public final class Folds {

    private Folds() {}

    /**
     * k folds drawn with a seed: the sorted ids are shuffled and cut into k runs, the first ones longer by one where k
     * does not divide them. Every case validates exactly once. The same ids, k and seed give the same folds.
     *
     * @param k 2 to the number of cases
     * @throws JobException FOLDS_INVALID if k is out of its range
     */
    public static List<Fold> random(List<String> ids, int k, long seed) {
        if (k < 2 || k > ids.size()) {
            throw new JobException(
                    FailureCode.FOLDS_INVALID,
                    k + " folds cannot be made of " + ids.size() + " cases: take 2 to " + ids.size());
        }
        List<String> shuffled = shuffled(ids.stream().sorted().toList(), seed);
        List<Fold> folds = new ArrayList<>();
        int start = 0;
        for (int number = 0; number < k; number++) {
            int end = start + ids.size() / k + (number < ids.size() % k ? 1 : 0);
            List<String> train = new ArrayList<>(shuffled.subList(0, start));
            train.addAll(shuffled.subList(end, shuffled.size()));
            folds.add(fold(number, train, shuffled.subList(start, end)));
            start = end;
        }
        return folds;
    }

    /**
     * The folds of a given split.
     *
     * @param given such as {@link Dataset#givenFolds()} or what {@code SplitsFile} read
     * @throws JobException FOLDS_INVALID if a case is not in the data set, or a fold is empty or overlaps itself
     */
    public static List<Fold> given(List<GivenFold> given, Dataset dataset) {
        List<Fold> folds = new ArrayList<>();
        for (GivenFold each : given) {
            each.train().forEach(dataset::named);
            each.validation().forEach(dataset::named);
            folds.add(fold(folds.size(), each.train(), each.validation()));
        }
        return folds;
    }

    private static Fold fold(int number, List<String> train, List<String> validation) {
        return new Fold(
                number,
                train.stream().sorted().toList(),
                validation.stream().sorted().toList());
    }

    private static List<String> shuffled(List<String> sorted, long seed) {
        return Arrays.stream(RandomStream.at(seed).permutation(sorted.size()))
                .mapToObj(sorted::get)
                .toList();
    }
}
