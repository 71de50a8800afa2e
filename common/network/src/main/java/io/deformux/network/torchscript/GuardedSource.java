package io.deformux.network.torchscript;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network's text with a guard in the place of some of PyTorch's functions. Every class that calls one of them gets an
 * attribute with the guard, and calls its methods, which take what PyTorch's functions of the same names take.
 */
final class GuardedSource {
    /** What {@code slabs.py} stands in for. */
    static final Pattern CONVOLUTIONS = Pattern.compile("torch\\.(conv3d|conv_transpose3d)\\(");

    /** What {@code guard.py} stands in for. */
    static final Pattern PROVEN = Pattern.compile("torch\\.(conv3d|conv_transpose3d|linear|matmul|bmm)\\(");

    private final Pattern guardedCall;
    private final String attribute;

    private final Map<String, String> guarded = new LinkedHashMap<>();
    private final Set<String> kinds = new TreeSet<>();

    /**
     * Guards a text.
     *
     * @param methods by path inside an archive, {@code code/__torch__/….py}
     * @param guardedCall a call of a function, whose name is its group 1
     * @param attribute what the guard is called
     * @throws IllegalArgumentException if a function outside of classes makes such a call, where nobody could guard it
     */
    GuardedSource(Map<String, String> methods, Pattern guardedCall, String attribute) {
        this.guardedCall = guardedCall;
        this.attribute = attribute;
        methods.forEach((path, text) -> guarded.put(path, guard(path, text)));
    }

    private String guard(String path, String text) {
        String result = ModuleClasses.CLASS.matcher(text).replaceAll(match -> {
            Matcher convolution = guardedCall.matcher(match.group());
            if (convolution.find()) {
                kinds.add(ModuleClasses.module(path) + "." + match.group(1));
            }
            return Matcher.quoteReplacement(convolution.replaceAll("self." + attribute + ".$1("));
        });
        if (guardedCall.matcher(result).find()) {
            throw new IllegalArgumentException(path + " calls a function that is guarded outside of a class");
        }
        return result;
    }

    /** The text, by path inside an archive; the caller may add to it. */
    Map<String, String> guarded() {
        return guarded;
    }

    /** The tree with the guard in every module whose kind needs it. */
    ModuleTree guarded(ModuleTree module, ModuleTree guard) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        module.children().forEach((name, child) -> children.put(name, guarded(child, guard)));
        if (kinds.contains(module.kind())) {
            children.put(attribute, guard);
        }
        return new ModuleTree(module.kind(), module.parameters(), module.buffers(), module.attributes(), children);
    }
}
