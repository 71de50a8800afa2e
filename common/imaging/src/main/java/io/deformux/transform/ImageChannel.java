package io.deformux.transform;

/**
 * One of the images that a network sees of a scan, such as one sequence of an MR examination.
 *
 * @param name what it is called; 1 to 64 characters, no control characters
 * @param intensity how its values are scaled, from nothing but itself
 */
public record ImageChannel(String name, Intensity intensity) {
    /** What the channel of a network that sees one image is called. */
    public static final String ONLY = "image";

    /** Checks the name. */
    public ImageChannel {
        if (!Preset.isClassName(name)) {
            throw new IllegalArgumentException(
                    "a channel's name must be 1 to 64 characters without control characters");
        }
    }

    /** Whether a channel of that name has values in HU. */
    public static boolean isCt(String name) {
        return name.strip().equalsIgnoreCase("CT");
    }
}
