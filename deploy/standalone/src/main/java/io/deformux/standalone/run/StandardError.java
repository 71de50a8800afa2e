package io.deformux.standalone.run;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The standard error of a person at a terminal. The launcher takes a line of the JVM's out of it, by a pipe to another
 * process; what the program itself says goes to the terminal, so that it comes at once and in order with standard output.
 * Called once, before anything is said.
 */
public final class StandardError {
    private static final String TERMINAL = "deformux.terminal";

    private StandardError() {}

    /** Has {@link System#err} write to the terminal that the launcher names; without one, or if it cannot be, to the pipe. */
    public static void goDirectly() {
        String terminal = System.getProperty(TERMINAL);
        if (terminal != null) {
            goTo(Path.of(terminal));
        }
    }

    /** Nothing but a device is written to. */
    static void goTo(Path terminal) {
        try {
            if (Files.readAttributes(terminal, BasicFileAttributes.class).isOther()) {
                System.setErr(
                        new PrintStream(new FileOutputStream(terminal.toFile(), true), true, Charset.defaultCharset()));
            }
        } catch (IOException e) {
            // Another user's terminal, as after su: the pipe leads there too.
        }
    }
}
