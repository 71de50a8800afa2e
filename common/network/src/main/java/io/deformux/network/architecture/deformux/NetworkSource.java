package io.deformux.network.architecture.deformux;

import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The TorchScript text of a network: {@code operator.py}, {@code blocks.py} and {@code network.py} beside this class,
 * the last one filled in from the configuration.
 */
final class NetworkSource {

    private NetworkSource() {}

    /** The text of the operator and the blocks, which no configuration changes, by path inside an archive. */
    static Map<String, String> ofBlocks() {
        return ofBlocks("operator.py");
    }

    private static Map<String, String> ofBlocks(String operator) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(SourceText.FOLDER + "operator.py", text(operator));
        files.put(SourceText.FOLDER + "blocks.py", text("blocks.py"));
        return files;
    }

    /** One form of the operator by itself, by path inside an archive. */
    static Map<String, String> ofOperatorAlone(String operator) {
        return Map.of(
                SourceText.FOLDER + "operator.py",
                text(operator),
                SourceText.FOLDER + "operator_alone.py",
                text("operator_alone.py"));
    }

    /** All text of a network, by path inside an archive. */
    static Map<String, String> of(DeformUxNetConfig config) {
        return of(config, "operator.py");
    }

    /** The same with the deformable convolution through {@code grid_sample}. */
    static Map<String, String> ofDirectPort(DeformUxNetConfig config) {
        return of(config, "grid_sample.py");
    }

    private static Map<String, String> of(DeformUxNetConfig config, String operator) {
        StringBuilder stages = new StringBuilder();
        new TreeSet<>(config.depths()).forEach(depth -> stages.append(stageClass(depth)));
        String text = text("network.py").replace("${stageClasses}\n", stages);
        for (int i = 0; i < DeformUxNetConfig.STAGES; i++) {
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
        files.put(SourceText.FOLDER + "network.py", text);
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

    private static String text(String file) {
        return SourceText.of(NetworkSource.class, file);
    }
}
