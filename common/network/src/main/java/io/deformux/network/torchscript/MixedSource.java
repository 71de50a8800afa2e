package io.deformux.network.torchscript;

import java.util.LinkedHashMap;
import java.util.Map;

/** A network's text with products in bfloat16 in the place of PyTorch's own: {@code mixed.py} beside this class. Stateless. */
final class MixedSource {
    private MixedSource() {}

    /** A text by path inside an archive. */
    static Map<String, String> of(Map<String, String> methods) {
        Map<String, String> text = new LinkedHashMap<>();
        methods.forEach((path, file) -> text.put(
                path,
                GuardedSource.PROVEN
                        .matcher(file)
                        .replaceAll(match -> "__torch__.deformux.mixed." + match.group(1) + "(")));
        text.put(SourceText.FOLDER + "mixed.py", SourceText.of(MixedSource.class, "mixed.py"));
        return text;
    }
}
