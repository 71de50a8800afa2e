package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The labels of an nnU-Net v2 listing, from name to value: a number, a string of digits or a list of one such. Regions (lists
 * of several values) are refused rather than misread.
 *
 * @param names by value; empty if something is wrong with them
 * @param ignored the value of the label {@code ignore}, which is no class: of such voxels nobody knows the class
 */
public record NnunetLabels(List<String> names, OptionalInt ignored) {
    private static final String IGNORE = "ignore";

    /** Keeps a copy. */
    public NnunetLabels {
        names = List.copyOf(names);
    }

    /**
     * The names by value, without the ignore label.
     *
     * @throws io.deformux.failure.JobException DATASET_INVALID with all that is wrong with them
     */
    public static List<String> of(JsonNode labels) {
        DatasetFindings findings = new DatasetFindings();
        NnunetLabels read = read(labels, findings);
        findings.requireSound();
        return read.names();
    }

    /** The same as far as it can be read, with what is wrong noted. */
    static NnunetLabels read(JsonNode labels, DatasetFindings findings) {
        Map<Integer, String> byValue = new TreeMap<>();
        OptionalInt ignored = OptionalInt.empty();
        boolean usable = true;
        for (Map.Entry<String, JsonNode> each : labels.properties()) {
            String name = each.getKey();
            OptionalInt value = value(each.getValue());
            if (value.isPresent() && name.equals(IGNORE)) {
                ignored = value;
                continue;
            }
            if (value.isPresent()) {
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
        if (usable && ignored.isPresent() && ignored.getAsInt() != byValue.size()) {
            findings.invalid(
                    "the ignore label has the value " + ignored.getAsInt() + " and must have the next one after the"
                            + " labels, " + byValue.size() + ": number it anew in dataset.json and in the label maps");
            usable = false;
        }
        List<String> names =
                usable ? findings.attempt(() -> LabelNames.inOrder(byValue)).orElse(List.of()) : List.of();
        return new NnunetLabels(names, ignored);
    }

    private static String refusal(String name, JsonNode value) {
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
