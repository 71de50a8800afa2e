package io.deformux.storage.archive;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The name of an entry of an archive, or of an object below a prefix, as a path that every file system and locale takes: ASCII letters, digits, dot, hyphen, underscore
 * and space stay, any other byte of its UTF-8 is written as {@code %XX}; it leads nowhere upwards. Different names stay different; the rules of
 * readers about names (hidden files, endings, a header that names the file of its voxels) see what they would have seen
 * in a folder.
 */
public final class EntryName {
    private static final String KEPT = "._- ";

    /** File systems take names of 255 bytes. */
    private static final int MOST_SEGMENT = 200;

    private static final int KEPT_AT_START = 100;
    private static final int KEPT_AT_END = 60;

    /** Far below what Linux takes as a path (4096), with room for the scratch folder above. */
    private static final int MOST_PATH = 1500;

    private EntryName() {}

    /**
     * The relative path of an entry.
     *
     * @param name its name elsewhere, whatever is in it; segments are parted by slashes
     * @param number which file it is, for a name that is empty or too long
     */
    public static String of(String name, int number) {
        StringBuilder path = new StringBuilder();
        for (String segment : name.split("/")) {
            path.append(path.isEmpty() ? "" : "/").append(shortened(escaped(segment)));
        }
        return name.isEmpty() || path.isEmpty() || path.length() > MOST_PATH
                ? String.format(Locale.ROOT, "%06d", number)
                : path.toString();
    }

    private static String escaped(String segment) {
        if (segment.isEmpty()) {
            // Only a key has such; a percent sign alone stands for nothing else.
            return "%";
        }
        if (segment.equals(".") || segment.equals("..")) {
            return segment.replace(".", "%2E");
        }
        StringBuilder text = new StringBuilder();
        for (byte value : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (value & 0xff);
            boolean kept = c < 0x80 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0);
            text.append(kept ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return text.toString();
    }

    private static String shortened(String segment) {
        return segment.length() <= MOST_SEGMENT
                ? segment
                : segment.substring(0, KEPT_AT_START)
                        + String.format(Locale.ROOT, "~%08x~", segment.hashCode())
                        + segment.substring(segment.length() - KEPT_AT_END);
    }
}
