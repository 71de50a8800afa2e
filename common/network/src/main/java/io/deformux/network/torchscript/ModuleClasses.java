package io.deformux.network.torchscript;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The classes of a module tree as TorchScript wants them. TorchScript types every attribute, so modules of one kind that hold
 * different things, or submodules of different classes, need classes of their own: the first is called as the kind is, the
 * next has {@code _1} behind that. What a class holds comes from the tree, what it computes from the text of the kind.
 */
final class ModuleClasses {
    /** A class in a text: its name, and its methods. */
    static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)\\(Module\\):\\n((?:(?:  .*)?\\n)*)");

    /** The root's method that gives what training gathers, in the order of {@link ModuleTree#running}. */
    static final String RUNNING = "running_buffers";

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_]\\w*");

    private final Map<ModuleTree, String> types = new IdentityHashMap<>();
    /** By kind, then by what it holds: the class. */
    private final Map<String, Map<String, String>> variants = new LinkedHashMap<>();

    /** A module of each sequence, for its length. */
    private final Map<String, Integer> steps = new LinkedHashMap<>();

    private final String root;
    private final String access;

    /** The classes of a module and all below it. */
    ModuleClasses(ModuleTree root) {
        add(root);
        this.root = type(root);
        this.access = access(root.running());
    }

    /** What the root has besides: DJL shows parameters but no buffers. */
    private static String access(List<String> running) {
        String list = running.stream().map(ModuleClasses::expression).collect(Collectors.joining(", "));
        return running.isEmpty()
                ? ""
                : "  def " + RUNNING + "(self, x: Tensor) -> List[Tensor]:\n    return [" + list + "]\n\n\n";
    }

    private static String expression(String path) {
        String expression = "self";
        for (String name : path.split("\\.")) {
            expression = IDENTIFIER.matcher(name).matches()
                    ? expression + "." + name
                    : "getattr(" + expression + ", \"" + name + "\")";
        }
        return expression;
    }

    private void add(ModuleTree module) {
        module.children().values().forEach(this::add);
        String header = header(module);
        Map<String, String> known = variants.computeIfAbsent(module.kind(), kind -> new LinkedHashMap<>());
        String type = known.computeIfAbsent(header, one -> module.kind() + (known.isEmpty() ? "" : "_" + known.size()));
        types.put(module, type);
        steps.put(type, module.children().size());
    }

    /** The qualified class of a module of the tree. */
    String type(ModuleTree module) {
        return types.get(module);
    }

    private String header(ModuleTree module) {
        StringBuilder header = new StringBuilder();
        header.append(names("__parameters__", module.parameters())).append(names("__buffers__", module.buffers()));
        module.parameters().keySet().forEach(name -> header.append(declaration(name, "Tensor")));
        module.buffers().keySet().forEach(name -> header.append(declaration(name, "Tensor")));
        header.append(declaration("training", "bool"));
        module.attributes().forEach((name, attribute) -> header.append(declaration(name, attribute.type())));
        module.children().forEach((name, child) -> header.append(declaration(name, type(child))));
        return header.toString();
    }

    private static String names(String list, Map<String, ?> named) {
        StringBuilder names = new StringBuilder("  " + list + " = [");
        named.keySet().forEach(name -> names.append('"').append(name).append("\", "));
        return names.append("]\n").toString();
    }

    private static String declaration(String name, String type) {
        return IDENTIFIER.matcher(name).matches()
                ? "  " + name + " : " + type + "\n"
                : "  __annotations__[\"" + name + "\"] = " + type + "\n";
    }

    /**
     * The whole text of an archive.
     *
     * @param methods by path inside the archive: how each kind computes, and functions; what the tree does not need is left
     *     out
     * @throws IllegalArgumentException if they say nothing of some kind
     */
    Map<String, String> text(Map<String, String> methods) {
        Map<String, String> text = new LinkedHashMap<>();
        Map<String, Map<String, String>> missing = new LinkedHashMap<>(variants);
        methods.forEach((path, file) -> text.put(path, CLASS.matcher(file).replaceAll(match -> {
            Map<String, String> classes = missing.remove(module(path) + "." + match.group(1));
            return classes == null ? "" : Matcher.quoteReplacement(classes(classes, match.group(2)));
        })));
        add(text, ModuleTree.HOLDER, missing.remove(ModuleTree.HOLDER));
        add(text, ModuleTree.SEQUENCE, missing.remove(ModuleTree.SEQUENCE));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("no text says how to compute " + missing.keySet());
        }
        return text;
    }

    private void add(Map<String, String> text, String kind, Map<String, String> classes) {
        if (classes != null) {
            classes.forEach((header, type) -> text.merge(
                    path(kind),
                    classes(Map.of(header, type), kind.equals(ModuleTree.SEQUENCE) ? chain(steps.get(type)) : "\n"),
                    String::concat));
        }
    }

    private String classes(Map<String, String> classes, String methods) {
        StringBuilder text = new StringBuilder();
        classes.forEach((header, type) -> text.append("class ")
                .append(type.substring(type.lastIndexOf('.') + 1))
                .append("(Module):\n")
                .append(header)
                .append('\n')
                .append(methods)
                .append(type.equals(root) ? "\n" + access : ""));
        return text.toString();
    }

    private static String chain(int steps) {
        StringBuilder text = new StringBuilder("  def forward(self, x: Tensor) -> Tensor:\n");
        for (int j = 0; j < steps; j++) {
            text.append("    x = (getattr(self, \"").append(j).append("\")).forward(x)\n");
        }
        return text.append("    return x\n\n\n").toString();
    }

    /** The module that a file of an archive is. */
    static String module(String path) {
        return path.substring("code/".length(), path.length() - ".py".length()).replace('/', '.');
    }

    private static String path(String kind) {
        return "code/" + kind.substring(0, kind.lastIndexOf('.')).replace('.', '/') + ".py";
    }
}
