package io.deformux.standalone.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Settings in three layers for those commands of a command line that have {@code --config}; bounds for all of them. */
public final class Settings {
    private Settings() {}

    /**
     * Lets files and the environment speak where an option is not given, and checks what all of it comes to before a
     * command runs.
     */
    public static CommandLine layer(CommandLine deformux, Map<String, String> environment) {
        List<CommandLine> commands = below(deformux).toList();
        List<Setting> ofAnyProgram = commands.stream()
                .flatMap(command -> Setting.of(command.getCommandSpec()).stream())
                .toList();
        commands.stream()
                .filter(command -> !Setting.of(command.getCommandSpec()).isEmpty())
                .forEach(program -> program.setDefaultValueProvider(
                        new Layers(program.getCommandSpec(), ofAnyProgram, environment)));
        CommandLine.IParameterExceptionHandler tell = deformux.getParameterExceptionHandler();
        return deformux.setExecutionStrategy(Settings::run)
                .setParameterExceptionHandler(
                        (e, arguments) -> tell.handleParseException(explained(e, arguments), arguments));
    }

    /** The commands of a command line, with those that are below another one. */
    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream().flatMap(each -> Stream.concat(Stream.of(each), below(each)));
    }

    private static int run(ParseResult parsed) {
        boolean help = parsed.asCommandLineList().stream()
                .anyMatch(command -> command.isUsageHelpRequested() || command.isVersionHelpRequested());
        if (!help) {
            parsed.asCommandLineList().forEach(Settings::complete);
        }
        return new RunLast().execute(parsed);
    }

    /** A missing setting may be a misspelt one, and a wrong value need not be on the command line. */
    private static ParameterException explained(ParameterException e, String[] arguments) {
        Optional<Layers> layers = layers(e.getCommandLine());
        try {
            layers.ifPresent(Layers::refuseUnknown);
        } catch (ParameterException first) {
            return first;
        }
        return layers.flatMap(said -> source(e.getArgSpec(), said, List.of(arguments)))
                .map(source -> new ParameterException(e.getCommandLine(), e.getMessage() + " (" + source + ")", e))
                .orElse(e);
    }

    private static Optional<String> source(ArgSpec argument, Layers layers, List<String> arguments) {
        if (!(argument instanceof OptionSpec option) || arguments.stream().anyMatch(a -> names(a, option))) {
            return Optional.empty();
        }
        Setting setting = new Setting(option);
        return setting.isMap() ? Optional.empty() : layers.said(setting).map(Layers.Said::source);
    }

    private static boolean names(String argument, OptionSpec option) {
        return argument.equals(option.longestName()) || argument.startsWith(option.longestName() + "=");
    }

    /** Joins what the layers say by name, and throws {@link ParameterException} for what is unknown or out of bounds. */
    static void complete(CommandLine command) {
        Optional<Layers> layers = layers(command);
        layers.ifPresent(Layers::refuseUnknown);
        layers.ifPresent(said -> Setting.of(command.getCommandSpec()).stream()
                .filter(Setting::isMap)
                .forEach(setting -> join(setting, said)));
        command.getCommandSpec().options().forEach(option -> ValueCheck.require(command, new Setting(option)));
    }

    private static void join(Setting setting, Layers layers) {
        Map<String, String> joined = new TreeMap<>();
        layers.saidByName(setting).forEach((name, said) -> joined.put(name, said.text()));
        joined.putAll(setting.given());
        setting.option().setValue(joined);
    }

    static Optional<Layers> layers(CommandLine command) {
        IDefaultValueProvider provider = command.getDefaultValueProvider();
        return provider instanceof Layers layers ? Optional.of(layers) : Optional.empty();
    }
}
