package io.deformux.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Intensity;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.LabelRegion;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Percentiles;
import io.deformux.transform.Preset;
import io.deformux.transform.WholeScore;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A manifest as JSON text. {@link ManifestReader} says what is taken. */
final class ManifestJson {
    static final int MOST_BYTES = 1 << 20;
    static final String Z_SCORE = "z-score";
    static final String WHOLE_SCORE = "z-score-with-zeros";
    static final String PERCENTILES = "percentiles";
    static final String CLIPPED_SCORE = "clipped-z-score";

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonMapper CANONICAL =
            MAPPER.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private ManifestJson() {}

    /** Reads UTF-8 JSON; throws {@link io.deformux.failure.JobException} MODEL_INVALID naming what is wrong. */
    static ModelManifest read(byte[] json) {
        Invalid.unless(json.length <= MOST_BYTES, ModelManifest.FILE + " is larger than " + MOST_BYTES + " bytes");
        return ManifestReader.manifest(parse(json));
    }

    /** For people: indented, in the order of the documentation. */
    static byte[] write(ModelManifest manifest) {
        return bytes(MAPPER, tree(manifest), true);
    }

    /** For digests: fields sorted, no white space. */
    static byte[] canonical(ModelManifest manifest) {
        return bytes(CANONICAL, tree(manifest), false);
    }

    /** The same content as it would be read back, so that what was built and what was read are equal. */
    static ObjectNode normalised(ObjectNode free) {
        return (ObjectNode) parse(bytes(MAPPER, free, false));
    }

    private static ObjectNode tree(ModelManifest manifest) {
        ObjectNode root = MAPPER.createObjectNode()
                .put("formatVersion", manifest.formatVersion())
                .put("name", manifest.id().name())
                .put("version", manifest.id().version());
        root.set("preprocessing", preprocessing(manifest.preset()));
        ArrayNode labels = root.putArray("labels");
        for (String name : manifest.preset().classes()) {
            labels.addObject().put("value", labels.size() - 1).put("name", name);
        }
        if (!manifest.preset().regions().isEmpty()) {
            root.set("regions", regions(manifest.preset().regions()));
        }
        if (manifest.formatVersion() >= ModelManifest.ARCHITECTURE_FORMAT_VERSION) {
            root.put("inChannels", manifest.network().inChannels());
            root.set("architecture", architecture(manifest.network()));
        } else {
            root.set("network", deformUxNet(manifest.network()));
        }
        root.set("inference", inference(manifest.window()));
        root.put("precision", manifest.precision().name().toLowerCase(Locale.ROOT));
        ArrayNode members = root.putArray("members");
        for (Member member : manifest.members()) {
            ObjectNode element = members.addObject().put("file", member.file()).put("sha256", member.sha256());
            member.fold().ifPresent(fold -> element.put("fold", fold));
        }
        root.set("provenance", manifest.provenance());
        return root;
    }

    private static ArrayNode regions(List<LabelRegion> regions) {
        ArrayNode all = MAPPER.createArrayNode();
        for (LabelRegion region : regions) {
            ObjectNode one = all.addObject().put("name", region.name()).put("value", region.value());
            region.labels().forEach(one.putArray("labels")::add);
        }
        return all;
    }

    private static ObjectNode preprocessing(Preset preset) {
        ObjectNode node = MAPPER.createObjectNode().put("preset", preset.name());
        preset.spacing().forEach(node.putArray("spacing")::add);
        if (!preset.axes().equals(NetworkAxes.RECIPE)) {
            node.put("axes", preset.axes().code());
        }
        if (preset.channels().size() == 1) {
            return intensity(node, preset.intensity());
        }
        ArrayNode channels = node.putArray("channels");
        for (ImageChannel channel : preset.channels()) {
            intensity(channels.addObject().put("name", channel.name()), channel.intensity());
        }
        return node;
    }

    private static ObjectNode intensity(ObjectNode node, Intensity intensity) {
        if (intensity instanceof IntensityWindow window) {
            node.putObject("window").put("lo", window.lo()).put("hi", window.hi());
        } else if (intensity instanceof Percentiles percentiles) {
            node.putObject("intensity")
                    .put("method", PERCENTILES)
                    .put("low", percentiles.low())
                    .put("high", percentiles.high());
        } else if (intensity instanceof ClippedScore score) {
            node.putObject("intensity")
                    .put("method", CLIPPED_SCORE)
                    .put("low", score.lo())
                    .put("high", score.hi())
                    .put("mean", score.mean())
                    .put("deviation", score.deviation());
        } else {
            node.putObject("intensity").put("method", intensity instanceof WholeScore ? WHOLE_SCORE : Z_SCORE);
        }
        return node;
    }

    private static ObjectNode architecture(NetworkConfig network) {
        ObjectNode node =
                MAPPER.createObjectNode().put("name", network.architecture().name());
        node.set("settings", network.settings().json());
        return node;
    }

    /** As the formats before had it: settings and channels in one. */
    private static ObjectNode deformUxNet(NetworkConfig network) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("inChannels", network.inChannels())
                .put("outChannels", network.outChannels());
        return node.setAll(network.settings().json());
    }

    private static ObjectNode inference(WindowDefaults window) {
        ObjectNode node = MAPPER.createObjectNode();
        window.roi().forEach(node.putArray("roi")::add);
        return node.put("overlap", window.overlap()).put("blending", window.blending());
    }

    private static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw Invalid.model(ModelManifest.FILE + " is not proper JSON: " + e.getOriginalMessage());
        } catch (NumberFormatException e) {
            throw Invalid.model(ModelManifest.FILE + " has a number with too large an exponent");
        } catch (IOException e) {
            throw Invalid.model(ModelManifest.FILE + " is not UTF-8 JSON");
        }
    }

    private static byte[] bytes(JsonMapper mapper, JsonNode tree, boolean indented) {
        try {
            return (indented ? mapper.writerWithDefaultPrettyPrinter() : mapper.writer()).writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw Invalid.model("the manifest cannot be written: " + e.getOriginalMessage());
        }
    }
}
