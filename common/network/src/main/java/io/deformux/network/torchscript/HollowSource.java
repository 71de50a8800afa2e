package io.deformux.network.torchscript;

import java.util.LinkedHashMap;
import java.util.Map;

/** A network's text without its convolutions and matrix products: {@code hollow.py} beside this class. Only for measurements. Stateless. */
public final class HollowSource {
    private HollowSource() {}

    /** The same program with zeros where those would be computed. */
    public static TorchScriptProgram of(TorchScriptProgram program) {
        Map<String, String> text = new LinkedHashMap<>();
        program.methods()
                .forEach((path, file) -> text.put(
                        path,
                        GuardedSource.PROVEN
                                .matcher(file)
                                .replaceAll(match -> "__torch__.deformux.hollow." + match.group(1) + "(")));
        text.put(SourceText.FOLDER + "hollow.py", SourceText.of(HollowSource.class, "hollow.py"));
        return new TorchScriptProgram(program.root(), text);
    }
}
