package io.deformux.network.torchscript;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network as TorchScript, without its weights.
 *
 * @param root its modules
 * @param text the classes of these modules, by path inside an archive ({@code code/__torch__/….py})
 */
public record TorchScriptProgram(ModuleTree root, Map<String, String> text) {
    /** Keeps the order. */
    public TorchScriptProgram {
        text = Collections.unmodifiableMap(new LinkedHashMap<>(text));
    }
}
