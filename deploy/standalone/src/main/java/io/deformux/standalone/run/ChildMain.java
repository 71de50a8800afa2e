package io.deformux.standalone.run;

import io.deformux.network.library.Lifeline;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * A program in a process that ends with its parent, as after SIGTERM: what runs in it may still be given back. A parent that was
 * killed, or ended itself at once, ends no child, which would go on beside the one that follows it.
 */
public final class ChildMain {
    /** As of a process that SIGTERM has ended. */
    private static final int ORPHANED = 128 + 15;

    private ChildMain() {}

    /** The class whose {@code main} is run, and its arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Lifeline.hold(() -> System.exit(ORPHANED));
        Method program = Class.forName(arguments[0]).getMethod("main", String[].class);
        program.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
