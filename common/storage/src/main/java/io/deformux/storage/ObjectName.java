package io.deformux.storage;

import java.util.regex.Pattern;

/**
 * The name of an output below its location: segments parted by {@code /}, each of letters, digits, {@code . _ -} and
 * beginning with a letter or digit. It can therefore leave no folder and needs no escape in a URI.
 *
 * @param value such as {@code job-17/labels.nii.gz}
 */
public record ObjectName(String value) {
    private static final String SEGMENT = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
    private static final Pattern NAME = Pattern.compile(SEGMENT + "(/" + SEGMENT + "){0,7}");

    /** Checks the rule above; throws {@link IllegalArgumentException} otherwise. */
    public ObjectName {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("not an output name: letters, digits, '.', '_', '-' and '/' only");
        }
    }

    /** A name of the segments, in order. */
    public static ObjectName of(String... segments) {
        return new ObjectName(String.join("/", segments));
    }

    /** The same name one folder further down: {@code job-17/FOLDER/labels.nii.gz}. */
    public ObjectName in(String folder) {
        int last = value.lastIndexOf('/') + 1;
        return new ObjectName(value.substring(0, last) + folder + "/" + value.substring(last));
    }

    @Override
    public String toString() {
        return value;
    }
}
