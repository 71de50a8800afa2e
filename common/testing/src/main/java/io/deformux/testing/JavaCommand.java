package io.deformux.testing;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program to be started in a JVM of its own, on this one's class path.
 *
 * @param options of the JVM
 * @param main has the main method
 * @param arguments what that is given
 */
public record JavaCommand(List<String> options, Class<?> main, List<String> arguments) {

    /** Keeps copies. */
    public JavaCommand {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    /** The command without options. */
    public static JavaCommand of(Class<?> main, String... arguments) {
        return new JavaCommand(List.of(), main, List.of(arguments));
    }

    /** The same with more options. */
    public JavaCommand with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new JavaCommand(all, main, arguments);
    }

    /** The same with the modules that this JVM was told to add. */
    public JavaCommand withModules() {
        return with(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-modules"))
                .toArray(String[]::new));
    }

    /** A process of it, not yet started. */
    public ProcessBuilder builder() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(arguments);
        return new ProcessBuilder(words);
    }
}
