package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.transform.LabelRegion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Labels of nnU-Net v2 that lie in each other or overlap, as {@code "whole tumor": [1, 2, 3]}: each is a region that is learned
 * by itself, and {@code regions_class_order} says the label of its voxels that are in no later one. Label maps may have any
 * values, with gaps or more of them than there are regions; several regions may be written as one label, which may be none
 * of their own.
 */
final class NnunetRegions {
    private static final String ORDER = "regions_class_order";
    /** The next one stands for voxels that nobody knows. */
    private static final int LARGEST = 254;

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
        NnunetLabels read = findings.attempt(() -> read(labels, order.get(), none, ignored))
                .orElse(new NnunetLabels(List.of(), List.of(), ignored));
        read.regions().stream()
                .filter(region -> !region.labels().contains(region.value()))
                .forEach(region -> findings.odd("the region " + region.name() + " is written as the label "
                        + region.value() + ", which is none of its own " + region.labels()
                        + ", so that nothing of it counts as found: see /" + ORDER));
        return read;
    }

    private static NnunetLabels read(
            Map<String, Optional<List<Integer>>> labels, int[] order, String background, OptionalInt ignored) {
        List<LabelRegion> regions = new ArrayList<>();
        for (Map.Entry<String, Optional<List<Integer>>> each : labels.entrySet()) {
            regions.add(
                    region(each.getKey(), order[regions.size()], each.getValue().orElseThrow()));
        }
        return new NnunetLabels(names(regions, background), regions, ignored);
    }

    /**
     * The names of all labels up to the largest. One that a region is written as has the region's; the innermost one's if there
     * are several. Others are called by their number: they are in no result.
     */
    private static List<String> names(List<LabelRegion> regions, String background) {
        int largest = regions.stream()
                .mapToInt(region -> Math.max(
                        region.value(), region.labels().get(region.labels().size() - 1)))
                .max()
                .orElse(0);
        Dataset.require(
                largest <= LARGEST, "a region has the label " + largest + ", and labels of regions end at " + LARGEST);
        Map<Integer, String> names = new TreeMap<>();
        IntStream.rangeClosed(1, largest).forEach(label -> names.put(label, "label " + label));
        regions.forEach(region -> names.put(region.value(), region.labelName()));
        names.put(0, background);
        return LabelNames.inOrder(names);
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

    /** One value for each region, in the order of the regions. */
    private static int[] order(JsonNode listed, Set<String> labels) {
        List<OptionalInt> order = new ArrayList<>();
        listed.forEach(value -> order.add(NnunetLabels.value(value)));
        Dataset.require(
                order.size() == labels.size() && order.stream().allMatch(OptionalInt::isPresent),
                "/" + ORDER + " of dataset.json must have " + labels.size()
                        + " values of 0 to 255, the label to write for each region in the order of /labels, since "
                        + String.join(", ", labels) + " are regions");
        return order.stream().mapToInt(OptionalInt::getAsInt).toArray();
    }
}
