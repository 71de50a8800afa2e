package io.deformux.network.torchscript;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network as TorchScript, without its weights.
 *
 * @param root its modules
 * @param methods how each kind of them computes, by path inside an archive ({@code code/__torch__/….py}): TorchScript text
 *     whose classes have methods and nothing else
 */
public record TorchScriptProgram(ModuleTree root, Map<String, String> methods) {
    /** Keeps the order. */
    public TorchScriptProgram {
        methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
    }

    /** The same with products in bfloat16. */
    TorchScriptProgram inBf16() {
        return new TorchScriptProgram(root, MixedSource.of(methods));
    }

    /** The same convolving slab by slab, in little memory where PyTorch's own loops do it. */
    TorchScriptProgram inSlabs(int buffer) {
        return new TorchScriptProgram(root, SlabSource.of(methods, buffer));
    }
}
