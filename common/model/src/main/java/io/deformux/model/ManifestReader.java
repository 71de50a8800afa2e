package io.deformux.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.Architectures;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.weights.Precision;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Intensity;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.LabelRegion;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Percentiles;
import io.deformux.transform.Preset;
import io.deformux.transform.WholeScore;
import io.deformux.transform.ZScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a manifest from its JSON tree. It is strict: a field that is missing, unknown, of the wrong kind or out of
 * bounds makes the package invalid, because a misread field would give wrong labels silently. A new field therefore
 * needs a new format version, apart from {@code provenance}, which is free.
 */
final class ManifestReader {
    private static final String REGIONS = "regions";
    private static final String AXES = "axes";
    private static final String[] FIELDS = {
        "formatVersion",
        "name",
        "version",
        "preprocessing",
        "labels",
        "inChannels",
        "architecture",
        "inference",
        "precision",
        "members",
        "provenance"
    };
    private static final String[] FIELDS_BEFORE = {
        "formatVersion",
        "name",
        "version",
        "preprocessing",
        "labels",
        "network",
        "inference",
        "precision",
        "members",
        "provenance"
    };

    private ManifestReader() {}

    /** Throws {@link io.deformux.failure.JobException} MODEL_INVALID naming what is wrong. */
    static ModelManifest manifest(JsonNode root) {
        requireFormat(root);
        try {
            return known(root);
        } catch (IllegalArgumentException e) {
            // That is how configuration records say what they do not take.
            throw Invalid.model(ModelManifest.FILE + ": " + e.getMessage());
        }
    }

    private static void requireFormat(JsonNode root) {
        JsonNode format = root.get("formatVersion");
        boolean known = format != null
                && format.isInt()
                && format.intValue() >= ModelManifest.FORMAT_VERSION
                && format.intValue() <= ModelManifest.AXES_FORMAT_VERSION;
        Invalid.unless(
                known,
                "/formatVersion must be " + ModelManifest.FORMAT_VERSION + " to "
                        + ModelManifest.AXES_FORMAT_VERSION
                        + "; a package of a newer format needs a newer version of this software");
    }

    private static ModelManifest known(JsonNode root) {
        int format = root.get("formatVersion").intValue();
        boolean ofRegions = format == ModelManifest.REGIONS_FORMAT_VERSION
                || format == ModelManifest.AXES_FORMAT_VERSION && root.has(REGIONS);
        String[] known = isOfAnyArchitecture(root) ? FIELDS : FIELDS_BEFORE;
        JsonFields top = JsonFields.of(root, "", ofRegions ? with(known, REGIONS) : known);
        return new ModelManifest(
                new ModelId(top.text("name"), top.text("version")),
                preset(top),
                isOfAnyArchitecture(root) ? network(top) : deformUxNet(top),
                inference(top.object("inference", "roi", "overlap", "blending")),
                precision(top.text("precision")),
                members(top.objects("members", "file", "sha256", "fold")),
                top.free("provenance"));
    }

    private static String[] with(String[] fields, String another) {
        String[] more = Arrays.copyOf(fields, fields.length + 1);
        more[fields.length] = another;
        return more;
    }

    private static Preset preset(JsonFields top) {
        int format = top.integer("formatVersion");
        if (format < ModelManifest.REGIONS_FORMAT_VERSION) {
            return preset(top, format);
        }
        boolean several = top.free("preprocessing").has("channels");
        Preset one = preset(
                top, several ? ModelManifest.CHANNELS_FORMAT_VERSION : ModelManifest.ARCHITECTURE_FORMAT_VERSION);
        List<LabelRegion> regions =
                top.has(REGIONS) || format == ModelManifest.REGIONS_FORMAT_VERSION ? regions(top) : List.of();
        Preset whole = new Preset(one.name(), one.spacing(), one.channels(), one.classes(), regions);
        return format == ModelManifest.AXES_FORMAT_VERSION ? whole.withAxes(axes(top)) : whole;
    }

    private static NetworkAxes axes(JsonFields top) {
        JsonNode code = top.free("preprocessing").path(AXES);
        Invalid.unless(code.isTextual(), "/preprocessing/axes must be a string in this format");
        return NetworkAxes.of(code.textValue());
    }

    /** The fields of preprocessing; of the newest format its axes too. */
    private static JsonFields preprocessing(JsonFields top, String... known) {
        boolean withAxes = top.integer("formatVersion") == ModelManifest.AXES_FORMAT_VERSION;
        return top.object("preprocessing", withAxes ? with(known, AXES) : known);
    }

    private static List<LabelRegion> regions(JsonFields top) {
        List<LabelRegion> regions = top.objects(REGIONS, "name", "value", "labels").stream()
                .map(region -> new LabelRegion(region.text("name"), region.integer("value"), region.integers("labels")))
                .toList();
        Invalid.unless(!regions.isEmpty(), "/regions must be one or more in this format");
        return regions;
    }

    private static Preset preset(JsonFields top, int format) {
        if (format == ModelManifest.CHANNELS_FORMAT_VERSION) {
            JsonFields fields = preprocessing(top, "preset", "spacing", "channels");
            List<ImageChannel> channels = fields.objects("channels", "name", "window", "intensity").stream()
                    .map(channel -> new ImageChannel(channel.text("name"), intensityOrWindow(channel)))
                    .toList();
            Invalid.unless(channels.size() > 1, "/preprocessing/channels must be two or more in this format");
            return new Preset(
                    fields.text("preset"),
                    fields.numbers("spacing"),
                    channels,
                    classes(top.objects("labels", "value", "name")));
        }
        boolean newer = format == ModelManifest.INTENSITY_FORMAT_VERSION
                || format == ModelManifest.ARCHITECTURE_FORMAT_VERSION
                        && !top.free("preprocessing").has("window");
        JsonFields fields = preprocessing(top, "preset", "spacing", newer ? "intensity" : "window");
        return new Preset(
                fields.text("preset"),
                fields.numbers("spacing"),
                newer ? intensity(fields) : window(fields),
                classes(top.objects("labels", "value", "name")));
    }

    private static Intensity intensityOrWindow(JsonFields channel) {
        Invalid.unless(
                channel.has("window") != channel.has("intensity"),
                "each of /preprocessing/channels must have either window or intensity");
        return channel.has("window") ? window(channel) : intensity(channel);
    }

    private static Intensity window(JsonFields preprocessing) {
        JsonFields window = preprocessing.object("window", "lo", "hi");
        return new IntensityWindow((float) window.number("lo"), (float) window.number("hi"));
    }

    private static Intensity intensity(JsonFields preprocessing) {
        JsonFields intensity = preprocessing.object("intensity", "method", "low", "high", "mean", "deviation");
        return switch (intensity.text("method")) {
            case ManifestJson.PERCENTILES -> {
                JsonFields range = preprocessing.object("intensity", "method", "low", "high");
                yield new Percentiles(range.number("low"), range.number("high"));
            }
            case ManifestJson.CLIPPED_SCORE ->
                new ClippedScore(
                        (float) intensity.number("low"),
                        (float) intensity.number("high"),
                        (float) intensity.number("mean"),
                        (float) intensity.number("deviation"));
            case ManifestJson.Z_SCORE -> {
                preprocessing.object("intensity", "method");
                yield new ZScore();
            }
            case ManifestJson.WHOLE_SCORE -> {
                preprocessing.object("intensity", "method");
                yield new WholeScore();
            }
            default ->
                throw Invalid.model(
                        "/preprocessing/intensity/method must be z-score, z-score-with-zeros, percentiles or"
                                + " clipped-z-score");
        };
    }

    private static List<String> classes(List<JsonFields> labels) {
        List<String> classes = new ArrayList<>();
        for (JsonFields label : labels) {
            // Written out so that nobody has to count.
            int value = classes.size();
            Invalid.unless(
                    label.integer("value") == value,
                    "/labels/" + value + "/value must be " + value
                            + ": labels are listed in the order of their values");
            classes.add(label.text("name"));
        }
        return classes;
    }

    private static NetworkConfig network(JsonFields top) {
        JsonFields fields = top.object("architecture", "name", "settings");
        ObjectNode given = fields.free("settings");
        NetworkConfig network = Architectures.packaged(
                fields.text("name"),
                top.integer("inChannels"),
                top.has(REGIONS)
                        ? regions(top).size()
                        : top.objects("labels", "value", "name").size(),
                NetworkSettings.of(given));
        network.settings()
                .names()
                .forEach(name -> Invalid.unless(given.has(name), "/architecture/settings/" + name + " is missing"));
        return network;
    }

    /** What the formats before had: always this network. */
    private static NetworkConfig deformUxNet(JsonFields top) {
        JsonFields fields =
                top.object("network", "inChannels", "outChannels", "featureSizes", "depths", "hidden", "offsetKernel");
        return new DeformUxNetConfig(
                fields.integer("inChannels"),
                fields.integer("outChannels"),
                fields.integers("featureSizes"),
                fields.integers("depths"),
                fields.integer("hidden"),
                fields.integer("offsetKernel"));
    }

    private static boolean isOfAnyArchitecture(JsonNode root) {
        return root.get("formatVersion").intValue() >= ModelManifest.ARCHITECTURE_FORMAT_VERSION;
    }

    private static WindowDefaults inference(JsonFields fields) {
        return new WindowDefaults(fields.integers("roi"), fields.number("overlap"), fields.text("blending"));
    }

    private static Precision precision(String text) {
        return switch (text) {
            case "fp32" -> Precision.FP32;
            case "bf16" -> Precision.BF16;
            default -> throw Invalid.model("/precision must be fp32 or bf16");
        };
    }

    private static List<Member> members(List<JsonFields> elements) {
        return elements.stream()
                .map(fields -> new Member(fields.text("file"), fields.text("sha256"), fields.optionalInteger("fold")))
                .toList();
    }
}
