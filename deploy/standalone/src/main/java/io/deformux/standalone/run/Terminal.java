package io.deformux.standalone.run;

/**
 * The streams at whose end a person may look on. Java knows only whether both its input and its output are a terminal, and
 * of standard error nothing, so the launcher tells; without it nobody looks on.
 */
public enum Terminal {
    /** Where results go. */
    STANDARD_OUTPUT("deformux.output.terminal"),
    /** Where progress goes. */
    STANDARD_ERROR("deformux.error.terminal");

    private final String property;

    Terminal(String property) {
        this.property = property;
    }

    /** Whether it is a terminal. */
    public boolean isSeen() {
        return Boolean.getBoolean(property);
    }
}
