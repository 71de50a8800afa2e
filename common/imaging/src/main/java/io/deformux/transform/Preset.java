package io.deformux.transform;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How scans are prepared for a network and what its classes mean. The four presets are those of the DeformUX-Net
 * training recipes; a model may carry values of its own.
 *
 * @param name what a model package calls it
 * @param spacing the voxel spacing in mm to resample to, of the axes that {@code axes} says; empty keeps the scan's own
 * @param channels the images that the network sees of a scan, in its order; 1 to {@value #MOST_CHANNELS}
 * @param classes the class names, index = label, the first being the background; 1 to 256
 * @param regions what the network's outputs stand for, in its order, where that is not a class each; all of their labels and
 *     values are classes, of which some may be no region's
 * @param axes which way the axes of the image run that the network sees
 */
public record Preset(
        String name,
        List<Double> spacing,
        List<ImageChannel> channels,
        List<String> classes,
        List<LabelRegion> regions,
        NetworkAxes axes) {
    /** No network here sees more images at once. */
    public static final int MOST_CHANNELS = 16;

    private static final Pattern CLASS_NAME = Pattern.compile("[^\\p{Cc}]{1,64}");

    /** 16 classes of AMOS22. */
    public static final Preset AMOS = new Preset(
            "amos",
            List.of(1.5, 1.5, 2.0),
            new IntensityWindow(-125, 275),
            List.of(
                    "background",
                    "spleen",
                    "right kidney",
                    "left kidney",
                    "gallbladder",
                    "esophagus",
                    "liver",
                    "stomach",
                    "aorta",
                    "postcava",
                    "pancreas",
                    "right adrenal gland",
                    "left adrenal gland",
                    "duodenum",
                    "bladder",
                    "prostate/uterus"));

    /** 4 classes of KiTS; the scan keeps its spacing. */
    public static final Preset KITS = new Preset(
            "kits", List.of(), new IntensityWindow(-125, 275), List.of("background", "kidney", "tumor", "cyst"));

    /** 3 classes of the Medical Segmentation Decathlon's pancreas task; the scan keeps its spacing. */
    public static final Preset PANCREAS = new Preset(
            "pancreas", List.of(), new IntensityWindow(-125, 275), List.of("background", "pancreas", "tumor"));

    /** 3 classes of the Medical Segmentation Decathlon's hepatic vessel task. */
    public static final Preset HEPATIC = new Preset(
            "hepatic", List.of(1.0, 1.0, 1.2), new IntensityWindow(0, 230), List.of("background", "vessel", "tumor"));

    /** Checks the values; throws {@link IllegalArgumentException} that names the wrong one. */
    public Preset {
        spacing = List.copyOf(spacing);
        channels = List.copyOf(channels);
        classes = List.copyOf(classes);
        regions = List.copyOf(regions);
        if (channels.isEmpty() || channels.size() > MOST_CHANNELS) {
            throw new IllegalArgumentException("1 to " + MOST_CHANNELS + " channels needed, not " + channels.size());
        }
        if (new HashSet<>(channels.stream().map(ImageChannel::name).toList()).size() != channels.size()) {
            throw new IllegalArgumentException("two channels have the same name");
        }
        if (!spacing.isEmpty() && spacing.size() != 3) {
            throw new IllegalArgumentException("spacing needs three values in mm or none, not " + spacing.size());
        }
        for (double mm : spacing) {
            if (!(mm > 0) || !Double.isFinite(mm)) {
                throw new IllegalArgumentException("spacing must be positive, not " + mm + " mm");
            }
        }
        if (classes.isEmpty() || classes.size() > 256) {
            throw new IllegalArgumentException("1 to 256 classes needed, not " + classes.size());
        }
        if (new HashSet<>(classes).size() != classes.size()) {
            throw new IllegalArgumentException("two classes have the same name");
        }
        requireRegions(regions, classes.size());
    }

    private static void requireRegions(List<LabelRegion> regions, int classes) {
        if (regions.isEmpty()) {
            return;
        }
        for (LabelRegion region : regions) {
            int largest = region.labels().get(region.labels().size() - 1);
            if (Math.max(largest, region.value()) >= classes) {
                throw new IllegalArgumentException("the region " + region.name() + " has a label that is no class");
            }
        }
        if (new HashSet<>(regions.stream().map(LabelRegion::name).toList()).size() != regions.size()) {
            throw new IllegalArgumentException("two regions have the same name");
        }
    }

    /** The preset of a network that sees RAS+ images, as those of the recipes do. */
    public Preset(
            String name,
            List<Double> spacing,
            List<ImageChannel> channels,
            List<String> classes,
            List<LabelRegion> regions) {
        this(name, spacing, channels, classes, regions, NetworkAxes.RECIPE);
    }

    /** The preset of a network that has an output for each class. */
    public Preset(String name, List<Double> spacing, List<ImageChannel> channels, List<String> classes) {
        this(name, spacing, channels, classes, List.of());
    }

    /**
     * The preset of a network that sees one image.
     *
     * @param intensity how values are scaled: for CT by a window in HU
     */
    public Preset(String name, List<Double> spacing, Intensity intensity, List<String> classes) {
        this(name, spacing, List.of(new ImageChannel(ImageChannel.ONLY, intensity)), classes);
    }

    /** How many outputs the network has. */
    public int outputs() {
        return regions.isEmpty() ? classes.size() : regions.size();
    }

    /** How outputs become labels. */
    public LabelRule rule() {
        return new LabelRule(regions.stream().map(LabelRegion::value).toList());
    }

    /** What is learned and scored: the background, then the classes or regions. */
    public List<String> targets() {
        return regions.isEmpty()
                ? classes
                : Stream.concat(Stream.of(classes.get(0)), regions.stream().map(LabelRegion::name))
                        .toList();
    }

    /** How the values of the first channel are scaled. */
    public Intensity intensity() {
        return channels.get(0).intensity();
    }

    /** Whether a model package and its results take a class of that name: 1 to 64 characters, no control characters. */
    public static boolean isClassName(String name) {
        return !name.isBlank() && CLASS_NAME.matcher(name).matches();
    }

    /** The same with the intensities of all channels scaled in another way. */
    public Preset withIntensity(Intensity other) {
        return withChannels(channels.stream()
                .map(channel -> new ImageChannel(channel.name(), other))
                .toList());
    }

    /** The same for a network that sees these images. */
    public Preset withChannels(List<ImageChannel> others) {
        return new Preset(name, spacing, others, classes, regions, axes);
    }

    /** The same for a network that sees images with such axes. */
    public Preset withAxes(NetworkAxes others) {
        return new Preset(name, spacing, channels, classes, regions, others);
    }

    /** Whether scans of that modality have values that mean what the first channel is scaled by: a window is one of HU. */
    public boolean suits(String modality) {
        return !intensity().inHounsfieldUnits() || modality.equals("CT");
    }

    /** The presets that come with the software. */
    public static List<Preset> all() {
        return List.of(AMOS, KITS, PANCREAS, HEPATIC);
    }

    /** The preset of that name, if it comes with the software. */
    public static Optional<Preset> named(String name) {
        return all().stream().filter(preset -> preset.name().equals(name)).findFirst();
    }
}
