package io.deformux.standalone.check;

import java.util.Locale;

/** What a finding means for jobs. */
public enum Severity {
    /** As it should be, or merely said. */
    OK,
    /** Jobs run, but somebody should know. */
    WARN,
    /** Jobs cannot run. */
    FAIL;

    /** The name in tables and JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
