package io.deformux.worker.train.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Class names in the order of their values, which must run from 0 without gaps: a class is an output channel. */
final class LabelNames {

    private LabelNames() {}

    static List<String> inOrder(Map<Integer, String> byValue) {
        List<String> names = new ArrayList<>();
        for (int value = 0; value < byValue.size(); value++) {
            Dataset.require(
                    byValue.containsKey(value),
                    "label value " + value + " has no name: values must run from 0 (background) without gaps");
            names.add(byValue.get(value));
        }
        return names;
    }
}
