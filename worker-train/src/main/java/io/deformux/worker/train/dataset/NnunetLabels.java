package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.transform.LabelRegion;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The labels of an nnU-Net v2 listing, from name to value: a number, a string of digits or a list of one such. Where one has
 * several values, all stand for {@link NnunetRegions}.
 *
 * @param names by value; empty if something is wrong with them
 * @param regions what is learned where that is not a label each
 * @param ignored the value of the label {@code ignore}, which is no class: of such voxels nobody knows the class
 */
public record NnunetLabels(List<String> names, List<LabelRegion> regions, OptionalInt ignored) {
    static final String IGNORE = "ignore";

    /** Keeps copies. */
    public NnunetLabels {
        names = List.copyOf(names);
        regions = List.copyOf(regions);
    }

    /**
     * What a listing says.
     *
     * @throws io.deformux.failure.JobException DATASET_INVALID with all that is wrong with its labels
     */
    public static NnunetLabels of(JsonNode listing) {
        DatasetFindings findings = new DatasetFindings();
        NnunetLabels read = read(listing, findings);
        findings.requireSound();
        return read;
    }

    /** The same as far as it can be read, with what is wrong noted. */
    static NnunetLabels read(JsonNode listing, DatasetFindings findings) {
        JsonNode labels = listing.path("labels");
        OptionalInt ignored = value(labels.path(IGNORE));
        NnunetLabels read = NnunetRegions.areIn(labels)
                ? NnunetRegions.read(listing, ignored, findings)
                : new NnunetLabels(names(labels, findings), List.of(), ignored);
        int next = read.names().size();
        if (next > 0 && ignored.isPresent() && ignored.getAsInt() != next) {
            findings.invalid("the ignore label has the value " + ignored.getAsInt()
                    + " and must have the next one after the labels, " + next
                    + ": number it anew in dataset.json and in the label maps");
            return new NnunetLabels(List.of(), List.of(), ignored);
        }
        return read;
    }

    private static List<String> names(JsonNode labels, DatasetFindings findings) {
        Map<Integer, String> byValue = new TreeMap<>();
        boolean usable = true;
        for (Map.Entry<String, JsonNode> each : labels.properties()) {
            String name = each.getKey();
            OptionalInt value = value(each.getValue());
            if (value.isPresent() && name.equals(IGNORE)) {
                continue;
            }
            if (value.isPresent()) {
                String other = byValue.put(value.getAsInt(), name);
                if (other == null) {
                    continue;
                }
                findings.invalid("the labels " + other + " and " + name + " have the same value " + value.getAsInt());
            } else {
                findings.invalid("the label " + name + " has the value " + each.getValue()
                        + ", which is no whole number from 0 to 255");
            }
            usable = false;
        }
        return usable ? findings.attempt(() -> LabelNames.inOrder(byValue)).orElse(List.of()) : List.of();
    }

    static OptionalInt value(JsonNode value) {
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
