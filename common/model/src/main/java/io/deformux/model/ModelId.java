package io.deformux.model;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Exactly one package of a store. Both parts are folder names: {@code [a-z0-9][a-z0-9._-]{0,63}}.
 *
 * <p>Ids are ordered by name and then from the oldest version to the newest, see {@link VersionOrder}.
 */
public record ModelId(String name, String version) implements Comparable<ModelId> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Comparator<ModelId> ORDER =
            Comparator.comparing(ModelId::name).thenComparing(ModelId::version, new VersionOrder());

    /**
     * Checks the rule above.
     *
     * @throws io.deformux.failure.JobException MODEL_INVALID
     */
    public ModelId {
        requireName("name", name);
        requireName("version", version);
    }

    @Override
    public int compareTo(ModelId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + " " + version;
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static void requireName(String what, String text) {
        Invalid.unless(
                isName(text), what + " must be 1 to 64 of a-z, 0-9, '.', '_', '-' and begin with a letter or digit");
    }
}
