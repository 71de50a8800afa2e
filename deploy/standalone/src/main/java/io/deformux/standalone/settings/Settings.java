package io.deformux.standalone.settings;

import io.deformux.messaging.ClientProperties;
import io.deformux.messaging.KafkaConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Settings in three layers for those commands of a command line that have {@code --config}; bounds for all of them. */
public final class Settings {
    private static final String MASK = "********";

    private Settings() {}

    /**
     * Lets files and the environment speak where an option is not given, and checks what all of it comes to before a
     * command runs.
     */
    public static CommandLine layer(CommandLine deformux, Map<String, String> environment) {
        Collection<CommandLine> commands = deformux.getSubcommands().values();
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
    private static void complete(CommandLine command) {
        Optional<Layers> layers = layers(command);
        layers.ifPresent(Layers::refuseUnknown);
        layers.ifPresent(said -> Setting.of(command.getCommandSpec()).stream()
                .filter(Setting::isMap)
                .forEach(setting -> join(setting, said)));
        command.getCommandSpec().options().forEach(option -> requireWithin(command, new Setting(option)));
    }

    private static void join(Setting setting, Layers layers) {
        Map<String, String> joined = new TreeMap<>();
        layers.saidByName(setting).forEach((name, said) -> joined.put(name, said.text()));
        joined.putAll(given(setting));
        setting.option().setValue(joined);
    }

    private static Map<String, String> given(Setting setting) {
        Map<String, String> given = setting.option().getValue();
        return given == null ? Map.of() : given;
    }

    private static void requireWithin(CommandLine command, Setting setting) {
        setting.quantity().ifPresent(bounds -> {
            Number value = setting.option().getValue();
            if (value != null && (value.longValue() < bounds.least() || value.longValue() > bounds.most())) {
                throw new ParameterException(
                        command,
                        "Invalid value for option '" + setting.option().longestName() + "': " + value + " is not from "
                                + bounds.least() + " to " + bounds.most() + " " + bounds.unit(),
                        setting.option(),
                        value.toString());
            }
        });
    }

    private static Optional<Layers> layers(CommandLine command) {
        IDefaultValueProvider provider = command.getDefaultValueProvider();
        return provider instanceof Layers layers ? Optional.of(layers) : Optional.empty();
    }

    /**
     * What holds for a program that is started with these arguments, secrets masked. Settings that are required and not
     * there are shown as such.
     *
     * @throws ParameterException for what is unknown or wrong otherwise
     */
    public static List<Effective> effective(CommandLine program, List<String> arguments) {
        program.getCommandSpec().parser().collectErrors(true);
        ParseResult parsed = program.parseArgs(arguments.toArray(String[]::new));
        for (Exception error : parsed.errors()) {
            if (!(error instanceof CommandLine.MissingParameterException)
                    && error instanceof ParameterException wrong) {
                throw wrong;
            }
        }
        Layers layers = layers(program).orElseThrow();
        Map<Setting, Map<String, String>> flags = new LinkedHashMap<>();
        List<Setting> settings = Setting.of(program.getCommandSpec());
        settings.stream().filter(Setting::isMap).forEach(setting -> flags.put(setting, Map.copyOf(given(setting))));
        complete(program);
        List<Effective> effective = new ArrayList<>();
        for (Setting setting : settings) {
            if (setting.isMap()) {
                effective.addAll(byName(setting, layers, flags.get(setting)));
            } else {
                effective.add(one(setting, layers, parsed));
            }
        }
        return effective;
    }

    private static Effective one(Setting setting, Layers layers, ParseResult parsed) {
        if (parsed.hasMatchedOption(setting.option())) {
            String text = String.join(",", setting.option().originalStringValues());
            return new Effective(
                    setting.key(), masked(text), "flag " + setting.option().longestName());
        }
        return layers.said(setting)
                .map(said -> new Effective(setting.key(), masked(said.text()), said.source()))
                .orElseGet(() -> new Effective(setting.key(), setting.usualHere(), Effective.DEFAULT));
    }

    /** Client properties of a file, as settings that nothing went over: secrets masked, and what is not known too. */
    public static List<Effective> ofClientFile(Path file, List<Effective> over) {
        List<String> said = over.stream().map(Effective::key).toList();
        return new TreeMap<>(KafkaConnection.of("", file).properties())
                .entrySet().stream()
                        .map(entry -> client("kafka.", entry.getKey(), entry.getValue(), "file " + file))
                        .filter(one -> !said.contains(one.key()))
                        .toList();
    }

    private static Effective client(String prefix, String name, String value, String source) {
        return new Effective(prefix + name, ClientProperties.isSecret(name) ? MASK : masked(value), source);
    }

    private static List<Effective> byName(Setting setting, Layers layers, Map<String, String> flags) {
        Map<String, Layers.Said> said = layers.saidByName(setting);
        flags.forEach((name, text) ->
                said.put(name, new Layers.Said(text, "flag " + setting.option().longestName())));
        return said.entrySet().stream()
                .map(entry -> client(
                        setting.key() + ".",
                        entry.getKey(),
                        entry.getValue().text(),
                        entry.getValue().source()))
                .toList();
    }

    /** Without the user information that an address may have. */
    private static String masked(String text) {
        return text.replaceAll("//[^/@\\s]*@", "//" + MASK + "@");
    }
}
