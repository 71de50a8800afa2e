package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Whoever asks for help reads whole sentences. */
class HelpSentencesTest {
    private static final Pattern SENTENCE = Pattern.compile("(?s)[A-Z\\d].*\\.");
    /** A description may begin with the values that an option takes, which are words of the command line. */
    private static final Pattern VALUES = Pattern.compile("(?s)[a-z0-9-]+(, .*)?(: | or ).*\\.");

    @Test
    void everyCommandOptionAndParameterIsDescribedInSentences() {
        List<String> others = new ArrayList<>();
        commands(Deformux.commandLine()).forEach(command -> {
            CommandSpec spec = command.getCommandSpec();
            if (spec.userObject() instanceof HelpCommand) {
                return; // the library's own
            }
            collect(others, spec, "itself", spec.usageMessage().description());
            Stream.<ArgSpec>concat(spec.options().stream(), spec.positionalParameters().stream())
                    .filter(arg -> !arg.hidden())
                    .forEach(arg -> collect(others, spec, name(arg), arg.description()));
        });
        assertThat(others).isEmpty();
    }

    private static void collect(List<String> others, CommandSpec command, String what, String... description) {
        String text = String.join(" ", description).trim();
        if (!SENTENCE.matcher(text).matches() && !VALUES.matcher(text).matches()) {
            others.add(command.qualifiedName() + " " + what + ": " + text);
        }
    }

    private static String name(ArgSpec arg) {
        return arg instanceof CommandLine.Model.OptionSpec option ? option.longestName() : arg.paramLabel();
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(HelpSentencesTest::commands));
    }
}
