package io.deformux.standalone.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.Intensity;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.WholeScore;
import io.deformux.transform.ZScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the plans of nnU-Net v2 say of one configuration. Sizes and spacings are in the order of our axes.
 *
 * @param dataset what the data set is called, as a model may be called
 * @param configuration which one
 * @param implementation the network as our settings call it
 * @param images which way the axes of scans ran before they were put into the network's order
 * @param axes the order of the network's axes
 * @param patch the window in voxels
 * @param spacing in mm
 * @param intensities how the channels of a scan are normalised, in the network's order
 */
record NnunetPlans(
        String dataset,
        String configuration,
        String implementation,
        NetworkAxes images,
        AxisOrder axes,
        List<Integer> patch,
        List<Double> spacing,
        List<Intensity> intensities) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AXES = 3;
    /** As nnU-Net's readers that bring scans to RAS+ are called: NibabelIOWithReorient, SimpleITKIOWithReorient. */
    private static final String TURNING = "WithReorient";

    /**
     * Reads a file.
     *
     * @param wanted which configuration; empty takes that of the training folder's name, else the only one of three axes
     * @throws JobException MODEL_INVALID that says what is not understood
     */
    static NnunetPlans read(Path folder, Optional<String> wanted) {
        JsonNode plans = tree(folder.resolve("plans.json"));
        String name = configuration(plans, folder, wanted);
        JsonNode configuration = inherited(plans.path("configurations"), name);
        try {
            AxisOrder axes = axes(plans);
            return new NnunetPlans(
                    plans.path("dataset_name")
                            .asText("nnunet")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9._-]", "-"),
                    name,
                    implementation(configuration),
                    plans.path("image_reader_writer").asText("").endsWith(TURNING)
                            ? NetworkAxes.of("RAS")
                            : NetworkAxes.STORED,
                    axes,
                    axes.ours(integers(configuration.path("patch_size"), "patch_size")),
                    axes.ours(numbers(configuration.path("spacing"), "spacing")),
                    intensities(configuration, plans));
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    /** Both ways must be there and back, since nnU-Net takes each where it needs it. */
    private static AxisOrder axes(JsonNode plans) {
        List<Integer> there = integers(plans.path("transpose_forward"), "transpose_forward");
        AxisOrder axes = AxisOrder.ofNnunet(there);
        if (plans.has("transpose_backward")) {
            List<Integer> back = integers(plans.path("transpose_backward"), "transpose_backward");
            List<Integer> undone =
                    IntStream.range(0, AXES).mapToObj(there::indexOf).toList();
            if (!back.equals(undone)) {
                throw invalid("transpose_backward " + back + " does not undo transpose_forward " + there
                        + ", so that its labels lie otherwise than its scans: correct the plans that are wrong");
            }
        }
        return axes;
    }

    /** A JSON object. */
    static JsonNode tree(Path file) {
        try {
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            if (tree.isObject()) {
                return tree;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw invalid(file.getFileName() + " is not there or no JSON object");
    }

    private static String configuration(JsonNode plans, Path folder, Optional<String> wanted) {
        List<String> flat = new ArrayList<>();
        plans.path("configurations").fieldNames().forEachRemaining(flat::add);
        String folderName = folder.toAbsolutePath().normalize().getFileName().toString();
        String name = wanted.orElseGet(() -> flat.stream()
                .filter(each -> folderName.endsWith("__" + each))
                .findFirst()
                .orElse(flat.size() == 1 ? flat.get(0) : ""));
        if (!flat.contains(name)) {
            throw invalid("which configuration is it? Give --configuration with one of " + flat);
        }
        return name;
    }

    /** A configuration over those that it inherits from. */
    private static JsonNode inherited(JsonNode configurations, String name) {
        List<JsonNode> line = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String at = name;
                !at.isEmpty();
                at = line.get(0).path("inherits_from").asText("")) {
            if (!seen.add(at) || !configurations.has(at)) {
                throw invalid("the configuration " + name + " inherits from none that is there");
            }
            line.add(0, configurations.get(at));
        }
        var merged = JSON.createObjectNode();
        line.forEach(each -> each.properties().forEach(field -> merged.set(field.getKey(), field.getValue())));
        if (!merged.path("previous_stage").asText("").isEmpty()) {
            throw invalid("the configuration " + name + " is the second stage of a cascade, which needs the first one's"
                    + " output: import 3d_fullres or 3d_lowres");
        }
        return merged;
    }

    private static String implementation(JsonNode configuration) {
        String name = configuration
                .path("architecture")
                .path("network_class_name")
                .asText(configuration.path("UNet_class_name").asText("none"));
        JsonNode kinds = configuration.path("architecture").path("arch_kwargs");
        String norm = kinds.path("norm_op").asText("InstanceNorm3d");
        String nonlinearity = kinds.path("nonlin").asText("LeakyReLU");
        if (!norm.endsWith("InstanceNorm3d") || !nonlinearity.endsWith("LeakyReLU")) {
            throw invalid("networks with " + norm + " and " + nonlinearity
                    + " are not here, only such with InstanceNorm3d and LeakyReLU");
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "PlainConvUNet" -> "plain-conv-unet";
            case "ResidualEncoderUNet" -> "residual-encoder-unet";
            default ->
                throw invalid("there is no network " + name + " here, only PlainConvUNet and ResidualEncoderUNet");
        };
    }

    private static List<Intensity> intensities(JsonNode configuration, JsonNode plans) {
        List<Intensity> intensities = new ArrayList<>();
        for (int channel = 0;
                channel < configuration.path("normalization_schemes").size();
                channel++) {
            intensities.add(intensity(configuration, plans, channel));
        }
        if (intensities.isEmpty()) {
            throw invalid("normalization_schemes says nothing");
        }
        return intensities;
    }

    private static Intensity intensity(JsonNode configuration, JsonNode plans, int channel) {
        String scheme =
                configuration.path("normalization_schemes").path(channel).asText();
        JsonNode masked = configuration.path("use_mask_for_norm").path(channel);
        return switch (scheme) {
            case "CTNormalization" ->
                clipped(plans.path("foreground_intensity_properties_per_channel")
                        .path(Integer.toString(channel)));
            case "ZScoreNormalization" -> masked.asBoolean() ? new ZScore() : new WholeScore();
            default ->
                throw invalid(
                        "the normalisation " + scheme + " is not here, only CTNormalization and ZScoreNormalization");
        };
    }

    private static ClippedScore clipped(JsonNode properties) {
        return new ClippedScore(
                number(properties, "percentile_00_5"),
                number(properties, "percentile_99_5"),
                number(properties, "mean"),
                number(properties, "std"));
    }

    private static float number(JsonNode node, String name) {
        if (!node.path(name).isNumber()) {
            throw invalid("foreground_intensity_properties_per_channel lacks " + name);
        }
        return node.get(name).floatValue();
    }

    private static List<Integer> integers(JsonNode list, String name) {
        return numbers(list, name).stream().map(Double::intValue).toList();
    }

    private static List<Double> numbers(JsonNode list, String name) {
        List<Double> numbers = new ArrayList<>();
        list.forEach(element -> numbers.add(element.asDouble(Double.NaN)));
        if (numbers.size() != AXES || numbers.contains(Double.NaN)) {
            throw invalid(name + " must be three numbers; networks of two axes are not here");
        }
        return numbers;
    }

    static JobException invalid(String message) {
        return new JobException(FailureCode.MODEL_INVALID, "the nnU-Net folder cannot be imported: " + message);
    }
}
