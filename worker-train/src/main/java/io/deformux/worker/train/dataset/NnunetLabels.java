package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The labels of an nnU-Net v2 listing, from name to value: a number, a string of digits or a list of one such. Regions (lists
 * of several values) and the ignore label are refused rather than misread.
 */
public final class NnunetLabels {
    private static final String IGNORE = "ignore";

    private NnunetLabels() {}

    /**
     * The names by value.
     *
     * @throws io.deformux.failure.JobException DATASET_INVALID with all that is wrong with them
     */
    public static List<String> of(JsonNode labels) {
        DatasetFindings findings = new DatasetFindings();
        List<String> names = read(labels, findings);
        findings.requireSound();
        return names;
    }

    /** The names by value; empty if there is something wrong with them, which is noted. */
    static List<String> read(JsonNode labels, DatasetFindings findings) {
        Map<Integer, String> byValue = new TreeMap<>();
        boolean usable = true;
        for (Map.Entry<String, JsonNode> each : labels.properties()) {
            String name = each.getKey();
            OptionalInt value = value(each.getValue());
            if (value.isPresent() && !name.equals(IGNORE)) {
                String other = byValue.put(value.getAsInt(), name);
                if (other == null) {
                    continue;
                }
                findings.invalid("the labels " + other + " and " + name + " have the same value " + value.getAsInt());
            } else {
                findings.invalid(refusal(name, each.getValue()));
            }
            usable = false;
        }
        return usable ? findings.attempt(() -> LabelNames.inOrder(byValue)).orElse(List.of()) : List.of();
    }

    private static String refusal(String name, JsonNode value) {
        if (name.equals(IGNORE)) {
            return "/labels of dataset.json has an ignore label, which is not trained here: give its voxels a class, or"
                    + " leave its cases out";
        }
        if (value.isArray() && value.size() > 1) {
            return "the label " + name + " is a region of the values " + value + ": regions are not trained here; name"
                    + " single values in /labels of dataset.json";
        }
        return "the label " + name + " has the value " + value + ", which is no whole number from 0 to 255";
    }

    private static OptionalInt value(JsonNode value) {
        if (value.isArray() && value.size() == 1) {
            return value(value.get(0));
        }
        if (value.isInt() && value.intValue() >= 0
                || value.isTextual() && value.textValue().matches("[0-9]{1,3}")) {
            return OptionalInt.of(value.asInt());
        }
        return OptionalInt.empty();
    }
}
