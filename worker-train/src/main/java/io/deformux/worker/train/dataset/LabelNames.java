package io.deformux.worker.train.dataset;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Class names in the order of their values, which must run from 0 without gaps: a class is an output channel. */
final class LabelNames {

    private LabelNames() {}

    static List<String> inOrder(Map<Integer, String> byValue) {
        int last = byValue.isEmpty() ? -1 : new TreeMap<>(byValue).lastKey();
        Dataset.require(
                last <= 255, "a label has the value " + last + "; values run from 0 (background) to 255 at most");
        String missing = IntStream.rangeClosed(0, last)
                .filter(value -> !byValue.containsKey(value))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        Dataset.require(
                missing.isEmpty(),
                "label value " + missing + " has no name: values must run from 0 (background) without gaps; number the"
                        + " labels anew in dataset.json and in the label maps");
        return List.copyOf(new TreeMap<>(byValue).values());
    }
}
