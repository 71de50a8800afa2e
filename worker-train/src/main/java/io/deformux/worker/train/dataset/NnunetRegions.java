package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.transform.LabelRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Labels of nnU-Net v2 that lie in each other, as {@code "whole tumor": [1, 2, 3]}: each is a region that is learned by itself,
 * and {@code regions_class_order} says the label of its voxels that are in no later one.
 */
final class NnunetRegions {
    private static final String ORDER = "regions_class_order";

    private NnunetRegions() {}

    /** Whether a label has several values. */
    static boolean areIn(JsonNode labels) {
        for (JsonNode value : labels) {
            if (value.isArray() && value.size() > 1) {
                return true;
            }
        }
        return false;
    }

    static NnunetLabels read(JsonNode listing, OptionalInt ignored, DatasetFindings findings) {
        String background = "background";
        Map<String, Optional<List<Integer>>> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : listing.path("labels").properties()) {
            Optional<List<Integer>> values = findings.attempt(() -> values(each.getKey(), each.getValue()));
            if (values.equals(Optional.of(List.of(0)))) {
                background = each.getKey();
            } else if (!each.getKey().equals(NnunetLabels.IGNORE)) {
                labels.put(each.getKey(), values);
            }
        }
        Optional<int[]> order = findings.attempt(() -> order(listing.path(ORDER), labels.keySet()));
        if (order.isEmpty() || labels.containsValue(Optional.<List<Integer>>empty())) {
            return new NnunetLabels(List.of(), List.of(), ignored);
        }
        String none = background;
        return findings.attempt(() -> read(labels, order.get(), none, ignored))
                .orElse(new NnunetLabels(List.of(), List.of(), ignored));
    }

    private static NnunetLabels read(
            Map<String, Optional<List<Integer>>> labels, int[] order, String background, OptionalInt ignored) {
        List<LabelRegion> regions = new ArrayList<>();
        Map<Integer, String> names = new TreeMap<>(Map.of(0, background));
        for (Map.Entry<String, Optional<List<Integer>>> each : labels.entrySet()) {
            LabelRegion region =
                    region(each.getKey(), order[regions.size()], each.getValue().orElseThrow());
            int largest = region.labels().get(region.labels().size() - 1);
            Dataset.require(
                    largest <= order.length,
                    "the region " + each.getKey() + " has the value " + largest + " and there are " + order.length
                            + " regions: the values of label maps must run from 0 to their number; number them anew");
            regions.add(region);
            names.put(region.value(), region.labelName());
        }
        return new NnunetLabels(LabelNames.inOrder(names), regions, ignored);
    }

    private static LabelRegion region(String name, int value, List<Integer> labels) {
        try {
            return new LabelRegion(name, value, labels);
        } catch (IllegalArgumentException e) {
            throw Dataset.invalid("/labels and /" + ORDER + " of dataset.json: " + e.getMessage());
        }
    }

    private static List<Integer> values(String name, JsonNode listed) {
        List<Integer> values = new ArrayList<>();
        for (JsonNode each : listed.isArray() ? listed : List.of(listed)) {
            values.add(NnunetLabels.value(each)
                    .orElseThrow(() -> Dataset.invalid(
                            "the label " + name + " has a value that is no whole number from 0 to 255")));
        }
        return values;
    }

    /** One value for each region, every one from 1 on once. */
    private static int[] order(JsonNode listed, Set<String> labels) {
        int[] order = IntStream.range(0, listed.size())
                .map(n -> listed.get(n).asInt())
                .toArray();
        int[] ascending = Arrays.stream(order).sorted().toArray();
        Dataset.require(
                Arrays.equals(ascending, IntStream.rangeClosed(1, labels.size()).toArray()),
                "/" + ORDER + " of dataset.json must have each value from 1 to " + labels.size()
                        + " once, the label of each region in the order of /labels, since "
                        + String.join(", ", labels) + " are regions");
        return order;
    }
}
