package io.deformux.network.torchscript;

import java.util.IdentityHashMap;
import java.util.Map;

/** Where each module of a tree stands, as its state dict says it. */
public final class ModulePaths {
    private final Map<ModuleTree, String> paths = new IdentityHashMap<>();

    /** The paths below a module, which itself has the empty one. */
    public ModulePaths(ModuleTree root) {
        put(root, "");
    }

    private void put(ModuleTree module, String path) {
        paths.put(module, path);
        module.children().forEach((name, child) -> put(child, path.isEmpty() ? name : path + "." + name));
    }

    /**
     * The dotted path of a module.
     *
     * @param module that very object of the tree
     */
    public String of(ModuleTree module) {
        String path = paths.get(module);
        if (path == null) {
            throw new IllegalArgumentException("the tree has no such " + module.kind());
        }
        return path;
    }

    /** The dotted name of a tensor that a module holds. */
    public String of(ModuleTree module, String tensor) {
        if (!module.parameters().containsKey(tensor) && !module.buffers().containsKey(tensor)) {
            throw new IllegalArgumentException(module.kind() + " has no " + tensor);
        }
        String path = of(module);
        return path.isEmpty() ? tensor : path + "." + tensor;
    }
}
