package io.deformux.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The sentence of a {@code package-info.java} that says what the package may import: {@code May import}, then the names of
 * packages below {@code io.deformux} as code. A name with two dots at its end stands for the packages below it too;
 * {@code everything} and {@code nothing} are said as words.
 *
 * @param everything whether no package is refused
 * @param names the packages
 */
record ImportSentence(boolean everything, List<String> names) {
    static final String ROOT = "io.deformux.";

    private static final Pattern SENTENCE = Pattern.compile("May import ((?:\\{@code [^}]*\\}|[^.{])+)\\.");
    private static final Pattern NAME = Pattern.compile("\\{@code ([a-z0-9.]+)\\}");

    /**
     * The sentence of a package.
     *
     * @throws IllegalStateException if there is no such file, or not one such sentence in it, or one that names nothing
     */
    static ImportSentence in(Path packageInfo) {
        try {
            return of(Files.readString(packageInfo), packageInfo.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImportSentence of(String source, String where) {
        String text = source.replaceAll("\\R\\s*\\*", " ").replaceAll("\\s+", " ");
        List<String> sentences =
                SENTENCE.matcher(text).results().map(result -> result.group(1)).toList();
        if (sentences.size() != 1) {
            throw new IllegalStateException(
                    where + " has " + sentences.size() + " sentences with \"May import\", not one");
        }
        List<String> names = NAME.matcher(sentences.get(0))
                .results()
                .map(name -> name.group(1))
                .toList();
        boolean everything = sentences.get(0).startsWith("everything");
        if (names.isEmpty() && !everything && !sentences.get(0).startsWith("nothing")) {
            throw new IllegalStateException(where + " names no package after \"May import\"");
        }
        return new ImportSentence(everything, names);
    }

    /** Whether the sentence allows a package, given by its full name. */
    boolean allows(String packageName) {
        return everything || names.stream().anyMatch(name -> matches(ROOT + name, packageName));
    }

    private static boolean matches(String allowed, String packageName) {
        return allowed.endsWith("..")
                ? (packageName + ".").startsWith(allowed.substring(0, allowed.length() - 1))
                : packageName.equals(allowed);
    }
}
