package io.deformux.worker.infer.outputs;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a file for one class is called: the class, in letters that every storage takes. */
final class ClassFileNames {
    private static final int LONGEST = 100;

    private final List<String> names;

    /** Of the classes of a model. Those that would be called alike have their values behind, and no two are called alike. */
    ClassFileNames(List<String> classes) {
        List<String> plain = classes.stream().map(ClassFileNames::plain).toList();
        Map<String, Long> count =
                plain.stream().collect(Collectors.groupingBy(ClassFileNames::folded, Collectors.counting()));
        Set<String> taken = new HashSet<>(count.keySet());
        names = IntStream.range(0, classes.size())
                .mapToObj(value -> {
                    String name = plain.get(value);
                    if (count.get(folded(name)) > 1) {
                        do {
                            name += "-" + value;
                        } while (!taken.add(folded(name)));
                    }
                    return name;
                })
                .toList();
    }

    /** Of the class with that value, without an ending. */
    String of(int value) {
        return names.get(value);
    }

    /** As file systems see it that do not tell capitals. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String plain(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String begun = letters.matches("[A-Za-z0-9].*") ? letters : "class" + letters;
        return begun.substring(0, Math.min(LONGEST, begun.length()));
    }
}
