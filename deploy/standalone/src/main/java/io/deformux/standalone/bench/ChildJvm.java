package io.deformux.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line again in a process of its own, with this one's Java options: so that its peak memory means something, and that its
 * end is not the end of all measurements.
 */
public final class ChildJvm {
    /** Of a process that SIGKILL has ended. */
    private static final int KILLED = 128 + 9;
    /** Of a JVM with {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int MEMORY_FULL = 3;
    /** What a person has said of PyTorch's library holds for children too. */
    private static final String LIBRARY_REPAIR = "deformux.library-repair";

    private final Class<?> main;

    /** Children that start with that class. */
    public ChildJvm(Class<?> main) {
        this.main = main;
    }

    /**
     * Runs a command that prints {@link Measured} as JSON in its last line; the child's log goes to standard error.
     *
     * @param part what it measures
     * @return what it has printed, or that it could not
     */
    public Measured run(String part, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        Optional.ofNullable(System.getProperty(LIBRARY_REPAIR))
                .ifPresent(said -> command.add("-D" + LIBRARY_REPAIR + "=" + said));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int code = child.waitFor();
        if (code != 0 || lines.isEmpty()) {
            return new Measured(List.of(), List.of(new Unmeasured(part, reason(code))));
        }
        return new ObjectMapper().readValue(lines.get(lines.size() - 1), Measured.class);
    }

    private static String reason(int code) {
        return switch (code) {
            case KILLED -> "its process was killed, as the system does with what takes too much memory";
            case MEMORY_FULL -> "Java's memory was full; DEFORMUX_JAVA_OPTIONS=-Xmx... gives it more";
            default -> "its process ended with code " + code + "; what it said of that is above";
        };
    }
}
