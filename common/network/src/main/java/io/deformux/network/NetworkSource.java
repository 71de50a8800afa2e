package io.deformux.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The TorchScript text of a network: {@code operator.py}, {@code blocks.py} and {@code network.py} beside this class,
 * the last one filled in from the configuration; and of single layers, {@code layers.py}.
 */
final class NetworkSource {
    private static final String FOLDER = "code/__torch__/deformux/";

    private NetworkSource() {}

    /** The text of the operator and the blocks, which no configuration changes, by path inside an archive. */
    static Map<String, String> ofBlocks() {
        return ofBlocks("operator.py");
    }

    private static Map<String, String> ofBlocks(String operator) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(FOLDER + "operator.py", text(operator));
        files.put(FOLDER + "blocks.py", text("blocks.py"));
        return files;
    }

    /** One form of the operator by itself, by path inside an archive. */
    static Map<String, String> ofOperatorAlone(String operator) {
        return Map.of(FOLDER + "operator.py", text(operator), FOLDER + "operator_alone.py", text("operator_alone.py"));
    }

    /** The text of the single layers, by path inside an archive. */
    static Map<String, String> ofLayers() {
        return Map.of(FOLDER + "layers.py", text("layers.py"));
    }

    /** All text of a network, by path inside an archive. */
    static Map<String, String> of(NetworkConfig config) {
        return of(config, "operator.py");
    }

    /** The same with the deformable convolution through {@code grid_sample}. */
    static Map<String, String> ofDirectPort(NetworkConfig config) {
        return of(config, "grid_sample.py");
    }

    private static Map<String, String> of(NetworkConfig config, String operator) {
        StringBuilder stages = new StringBuilder();
        new TreeSet<>(config.depths()).forEach(depth -> stages.append(stageClass(depth)));
        String text = text("network.py").replace("${stageClasses}\n", stages);
        for (int i = 0; i < NetworkConfig.STAGES; i++) {
            text = text.replace(
                    "${stage" + i + "}",
                    NetworkStructure.stageType(config.depths().get(i)));
        }
        ModuleTree network = NetworkStructure.of(config);
        for (int level = 1; level <= 5; level++) {
            String type = network.at("encoder" + level).type();
            text = text.replace("${encoder" + level + "}", type.substring(type.lastIndexOf('.') + 1));
        }
        Map<String, String> files = ofBlocks(operator);
        files.put(FOLDER + "network.py", text);
        return files;
    }

    /** So many blocks, one after the other. */
    private static String stageClass(int depth) {
        StringBuilder text = new StringBuilder("\nclass " + NetworkStructure.stageType(depth) + "(Module):\n"
                + "  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        for (int j = 0; j < depth; j++) {
            text.append("  __annotations__[\"" + j + "\"] = __torch__.deformux.blocks.DeformUxBlock\n");
        }
        text.append("\n  def forward(self, x: Tensor) -> Tensor:\n");
        for (int j = 0; j < depth; j++) {
            text.append("    x = (getattr(self, \"" + j + "\")).forward(x)\n");
        }
        return text.append("    return x\n\n").toString();
    }

    static String text(String file) {
        try (InputStream in = NetworkSource.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
