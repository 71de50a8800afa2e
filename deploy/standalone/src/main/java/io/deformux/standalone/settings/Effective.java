package io.deformux.standalone.settings;

/**
 * A setting as it holds.
 *
 * @param key its key in a file
 * @param value the value as written, or the default; masked if it is a secret
 * @param source where it was said: a flag, a variable of the environment, a file, or nowhere
 */
public record Effective(String key, String value, String source) {
    /** Where it is from if nobody said it. */
    public static final String DEFAULT = "default";
}
