package io.deformux.network.architecture.deformux;

import io.deformux.network.torchscript.SourceText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the modules of a DeformUX-Net compute, as TorchScript by path inside an archive: {@code operator.py}, {@code blocks.py}
 * and {@code network.py} beside this class. One text serves every configuration.
 */
final class DeformUxNetMethods {
    private DeformUxNetMethods() {}

    /** The text of the network. */
    static Map<String, String> ofNetwork() {
        return of("operator.py", "blocks.py", "network.py");
    }

    /** The same with the deformable convolution through {@code grid_sample}. */
    static Map<String, String> ofDirectPort() {
        return of("grid_sample.py", "blocks.py", "network.py");
    }

    /** One form of the operator by itself. */
    static Map<String, String> ofOperatorAlone(String operator) {
        return of(operator, "operator_alone.py");
    }

    /** The first file is the operator, whatever it is called here. */
    private static Map<String, String> of(String operator, String... others) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(SourceText.FOLDER + "operator.py", text(operator));
        for (String file : others) {
            files.put(SourceText.FOLDER + file, text(file));
        }
        return files;
    }

    private static String text(String file) {
        return SourceText.of(DeformUxNetMethods.class, file);
    }
}
