package io.deformux.network.torchscript;

import java.util.LinkedHashMap;
import java.util.Map;

/** A network's text that computes on every device as it does on a GPU. */
public final class GpuText {
    private static final String QUESTION = "ops.prim.is_cuda(x)";

    private GpuText() {}

    /** A text by path inside an archive. */
    public static Map<String, String> of(Map<String, String> methods) {
        Map<String, String> text = new LinkedHashMap<>(methods);
        text.replaceAll((path, file) -> file.replace(QUESTION, "True"));
        return text;
    }

    /** A program. */
    public static TorchScriptProgram of(TorchScriptProgram program) {
        return new TorchScriptProgram(program.root(), of(program.methods()));
    }
}
