package io.deformux.standalone.command;

import io.deformux.standalone.run.ChildMain;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line again in a process of its own, with this one's Java options and environment. It ends when this process has ended,
 * in whichever way.
 */
final class ChildProgram {
    private final List<String> command;

    private ChildProgram(List<String> command) {
        this.command = command;
    }

    /**
     * A command with the options that were given to another one, as far as it has them.
     *
     * @param given what was parsed
     * @param command the command of the same program that runs
     * @param replaced options of which the given values do not count
     * @param added arguments
     */
    static ChildProgram of(CommandSpec given, String command, List<String> replaced, List<String> added) {
        CommandSpec root = given.root();
        CommandSpec child = root.subcommands().get(command).getCommandSpec();
        List<String> arguments = new ArrayList<>();
        arguments.add(ProcessHandle.current().info().command().orElse("java"));
        arguments.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        arguments.add(ChildMain.class.getName());
        arguments.add(root.userObject().getClass().getName());
        arguments.add(command);
        for (OptionSpec option : given.commandLine().getParseResult().matchedOptions()) {
            String name = option.longestName();
            if (child.findOption(name) != null && !replaced.contains(name)) {
                arguments.addAll(asGiven(option, name));
            }
        }
        arguments.addAll(added);
        return new ChildProgram(arguments);
    }

    private static List<String> asGiven(OptionSpec option, String name) {
        return option.arity().max() == 0
                ? List.of(name)
                : option.originalStringValues().stream()
                        .map(value -> name + "=" + value)
                        .toList();
    }

    /** What is run. */
    List<String> command() {
        return List.copyOf(command);
    }

    /** Starts it; it writes where this process writes, and its standard input is open for as long as this process lives. */
    Process start() throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
