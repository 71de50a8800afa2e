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
    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)\\(Module\\):\\n(?:(?:  .*)?\\n)*");
    private static final Pattern CONVOLUTION = Pattern.compile("torch\\.(conv3d|conv_transpose3d)\\(");
    private static final String HEADER_END = "  training : bool\n";
    private static final String ATTRIBUTE = "  guard : __torch__.deformux.guard.Guard\n";

    private final Map<String, String> guarded = new LinkedHashMap<>();
    private final Set<String> types = new TreeSet<>();

    /**
     * Guards a text.
     *
     * @param code by path inside an archive, {@code code/__torch__/….py}
     * @throws IllegalArgumentException if a function outside of classes convolves, where nobody could guard it
     */
    GuardedSource(Map<String, String> code) {
        code.forEach((path, text) -> guarded.put(path, guard(path, text)));
    }

    private String guard(String path, String text) {
        String module =
                path.substring("code/".length(), path.length() - ".py".length()).replace('/', '.');
        String result = CLASS.matcher(text).replaceAll(match -> {
            String body = match.group();
            if (!CONVOLUTION.matcher(body).find()) {
                return Matcher.quoteReplacement(body);
            }
            types.add(module + "." + match.group(1));
            return Matcher.quoteReplacement(CONVOLUTION
                    .matcher(body.replaceFirst(HEADER_END, HEADER_END + ATTRIBUTE))
                    .replaceAll("self.guard.$1("));
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

    /** The tree with the guard in every module whose class needs it. */
    ModuleTree guarded(ModuleTree module, ModuleTree guard) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        module.children().forEach((name, child) -> children.put(name, guarded(child, guard)));
        if (types.contains(module.type())) {
            children.put("guard", guard);
        }
        return new ModuleTree(module.type(), module.parameters(), module.attributes(), children);
    }
}
