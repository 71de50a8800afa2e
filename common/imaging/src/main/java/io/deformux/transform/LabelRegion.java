package io.deformux.transform;

import java.util.List;

/**
 * What one output of a network stands for whose structures may lie in each other, as a tumour and its core, overlap or lie
 * apart: all voxels of some labels.
 *
 * @param name what it is called; 1 to 64 characters, no control characters
 * @param value the label of its voxels that are in no later region, 0 to 255; mostly one of {@code labels}, and other regions
 *     may have the same
 * @param labels the labels that make it up, 1 to 255, ascending
 */
public record LabelRegion(String name, int value, List<Integer> labels) {

    /** Checks the values; throws {@link IllegalArgumentException} that names the wrong one. */
    public LabelRegion {
        labels = labels.stream().distinct().sorted().toList();
        if (!Preset.isClassName(name)) {
            throw new IllegalArgumentException("a region's name must be 1 to 64 characters without control characters");
        }
        if (labels.isEmpty() || labels.get(0) < 1 || labels.get(labels.size() - 1) > 255) {
            throw new IllegalArgumentException("the region " + name + " needs labels of 1 to 255");
        }
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException(
                    "the region " + name + " is to be the label " + value + ", and labels are 0 to 255");
        }
    }

    /** What its voxels are that are in no later region. */
    public String labelName() {
        return labels.size() == 1 ? name : name + " (rest)";
    }

    /** 1 where a label is one of the region's, else 0; a new array. */
    public byte[] mask(byte[] of) {
        byte[] inside = new byte[256];
        labels.forEach(label -> inside[label] = 1);
        byte[] mask = new byte[of.length];
        for (int n = 0; n < mask.length; n++) {
            mask[n] = inside[of[n] & 0xff];
        }
        return mask;
    }
}
