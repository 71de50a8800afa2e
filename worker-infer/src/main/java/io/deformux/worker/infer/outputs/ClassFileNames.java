package io.deformux.worker.infer.outputs;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** What a file for one class is called: the class, in letters that every storage takes. */
final class ClassFileNames {
    private static final int LONGEST = 100;

    private final List<String> names;

    /** Of the classes of a model. Two that would be called alike have their values behind. */
    ClassFileNames(List<String> classes) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        classes.forEach(name -> {
            if (!seen.add(folded(name))) {
                twice.add(folded(name));
            }
        });
        names = IntStream.range(0, classes.size())
                .mapToObj(value -> {
                    String name = classes.get(value);
                    return twice.contains(folded(name)) ? plain(name) + "-" + value : plain(name);
                })
                .toList();
    }

    /** Of the class with that value, without an ending. */
    String of(int value) {
        return names.get(value);
    }

    private static String folded(String name) {
        return plain(name).toLowerCase(Locale.ROOT);
    }

    private static String plain(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String begun = letters.matches("[A-Za-z0-9].*") ? letters : "class" + letters;
        return begun.substring(0, Math.min(LONGEST, begun.length()));
    }
}
