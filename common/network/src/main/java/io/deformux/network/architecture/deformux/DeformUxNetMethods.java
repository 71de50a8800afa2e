package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.torchscript.SourceText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the modules of a DeformUX-Net compute, as TorchScript by path inside an archive: {@code operator.py} and
 * {@code deformable.py} beside this class, and what it shares with other networks. One text serves every configuration.
 */
final class DeformUxNetMethods {
    private DeformUxNetMethods() {}

    /** The text of the network. */
    static Map<String, String> ofNetwork(String backbone) {
        return around(backbone, "operator.py");
    }

    /** The same with the deformable convolution through {@code grid_sample}. */
    static Map<String, String> ofDirectPort(String backbone) {
        return around(backbone, "grid_sample.py");
    }

    /** The same with a deformable convolution that computes the size of its result alone. */
    static Map<String, String> ofSizes(String backbone) {
        return around(backbone, "operator_sizes.py");
    }

    private static Map<String, String> around(String backbone, String operator) {
        Map<String, String> files = of(operator, "deformable.py");
        files.putAll(EncoderDecoder.methods(backbone));
        return files;
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
