package io.deformux.storage;

import java.util.Locale;

/**
 * What a file that comes from outside is called on the scratch disk: its number, which alone makes the name one of its own
 * and decides the order, and what can be kept of the last part of its name, since readers tell a damaged slice from a note
 * by that. A name that begins with a dot still does.
 */
public final class ScratchName {
    private static final int MOST_CHARACTERS = 100;

    private ScratchName() {}

    /**
     * The name of a file.
     *
     * @param number from 1
     * @param name its name elsewhere, with folders or without; whatever is in it
     */
    public static String of(int number, String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String end = last.substring(Math.max(0, last.length() - MOST_CHARACTERS));
        String plain = end.replaceAll("[^A-Za-z0-9._-]", "_");
        return String.format(Locale.ROOT, "%s%06d-%s", last.startsWith(".") ? "." : "", number, plain);
    }
}
