package io.deformux.standalone.check;

import java.util.Optional;

/**
 * One thing that was looked at. Each text is one line.
 *
 * @param section the part of the installation, as {@code memory}
 * @param name what was looked at; stable, so that a script can look for it
 * @param value what was found
 * @param verdict what it means for jobs
 * @param advice what to do about it; there unless the verdict is {@link Severity#OK}
 */
public record Finding(String section, String name, String value, Severity verdict, Optional<String> advice) {

    /** Checks that what is not well has advice; breaks of lines become spaces. */
    public Finding {
        if (verdict != Severity.OK && advice.isEmpty()) {
            throw new IllegalArgumentException("there is no advice for " + name);
        }
        name = oneLine(name);
        value = oneLine(value);
        advice = advice.map(Finding::oneLine);
    }

    /** As it should be. */
    public static Finding ok(String section, String name, String value) {
        return new Finding(section, name, value, Severity.OK, Optional.empty());
    }

    /** Jobs run, but. */
    public static Finding warn(String section, String name, String value, String advice) {
        return new Finding(section, name, value, Severity.WARN, Optional.of(advice));
    }

    /** Jobs cannot run. */
    public static Finding fail(String section, String name, String value, String advice) {
        return new Finding(section, name, value, Severity.FAIL, Optional.of(advice));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
