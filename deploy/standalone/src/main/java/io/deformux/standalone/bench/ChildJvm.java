package io.deformux.standalone.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The command line again in a process of its own, with this one's Java options: so that its peak memory means something. */
public final class ChildJvm {
    private final Class<?> main;

    /** Children that start with that class. */
    public ChildJvm(Class<?> main) {
        this.main = main;
    }

    /** Runs a command that prints figures as JSON in its last line; the child's log goes to standard error. */
    public List<Figure> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (child.waitFor() != 0 || lines.isEmpty()) {
            throw new IOException(
                    "the measurement " + String.join(" ", arguments) + " ended with " + child.exitValue());
        }
        return new ObjectMapper().readValue(lines.get(lines.size() - 1), new TypeReference<>() {});
    }
}
