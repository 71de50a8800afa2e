package io.deformux.standalone.settings;

import io.deformux.messaging.cluster.ClientProperties;
import io.deformux.messaging.cluster.KafkaConnection;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What holds in the end, for people: each value with its source, secrets masked. */
public final class EffectiveSettings {
    private static final String MASK = "********";

    private EffectiveSettings() {}

    /**
     * What holds for a program that is started with these arguments, secrets masked. Settings that are required and not
     * there are shown as such.
     *
     * @throws ParameterException for what is unknown or wrong otherwise
     */
    public static List<Effective> of(CommandLine program, List<String> arguments) {
        ParseResult parsed = parse(program, arguments);
        for (Exception error : parsed.errors()) {
            if (!(error instanceof MissingParameterException) && error instanceof ParameterException wrong) {
                throw wrong;
            }
        }
        Layers layers = Settings.layers(program).orElseThrow();
        Map<Setting, Map<String, String>> flags = new LinkedHashMap<>();
        List<Setting> settings = Setting.of(program.getCommandSpec());
        settings.stream().filter(Setting::isMap).forEach(setting -> flags.put(setting, Map.copyOf(setting.given())));
        Settings.complete(program);
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

    /** A command that is below another one is parsed as part of that one, since picocli asks it whether help is wanted. */
    private static ParseResult parse(CommandLine program, List<String> arguments) {
        CommandLine first = program;
        first.getCommandSpec().parser().collectErrors(true);
        Deque<String> words = new ArrayDeque<>(arguments);
        while (first.getParent() != null && first.getParent().getParent() != null) {
            words.addFirst(first.getCommandName());
            first = first.getParent();
            first.getCommandSpec().parser().collectErrors(true);
        }
        ParseResult parsed = first.parseArgs(words.toArray(String[]::new));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed;
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
