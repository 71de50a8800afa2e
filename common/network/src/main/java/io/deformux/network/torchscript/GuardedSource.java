package io.deformux.network.torchscript;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network's text with guards in the place of PyTorch's convolutions. Every class that convolves gets an attribute
 * {@code guard}, and calls its methods, which take what PyTorch's functions of the same names take.
 */
final class GuardedSource {
    /** A call of PyTorch's convolutions. */
    static final Pattern CONVOLUTION = Pattern.compile("torch\\.(conv3d|conv_transpose3d)\\(");

    private final Map<String, String> guarded = new LinkedHashMap<>();
    private final Set<String> kinds = new TreeSet<>();

    /**
     * Guards a text.
     *
     * @param methods by path inside an archive, {@code code/__torch__/….py}
     * @throws IllegalArgumentException if a function outside of classes convolves, where nobody could guard it
     */
    GuardedSource(Map<String, String> methods) {
        methods.forEach((path, text) -> guarded.put(path, guard(path, text)));
    }

    private String guard(String path, String text) {
        String result = ModuleClasses.CLASS.matcher(text).replaceAll(match -> {
            Matcher convolution = CONVOLUTION.matcher(match.group());
            if (convolution.find()) {
                kinds.add(ModuleClasses.module(path) + "." + match.group(1));
            }
            return Matcher.quoteReplacement(convolution.replaceAll("self.guard.$1("));
        });
        if (CONVOLUTION.matcher(result).find()) {
            throw new IllegalArgumentException(path + " convolves outside of a class");
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
            children.put("guard", guard);
        }
        return new ModuleTree(module.kind(), module.parameters(), module.buffers(), module.attributes(), children);
    }
}
