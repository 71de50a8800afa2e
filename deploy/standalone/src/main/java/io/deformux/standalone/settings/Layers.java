package io.deformux.standalone.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a file and the environment say of a program's settings: defaults for the options that are not given. */
final class Layers implements IDefaultValueProvider {
    /** What every variable begins with. */
    static final String PREFIX = "DEFORMUX_";

    private static final String FILE_VARIABLE = PREFIX + "CONFIG";

    /** Variables with another meaning: the launcher, the logs, libtorch, and the tests read them. */
    private static final Set<String> OTHERS = Set.of(
            FILE_VARIABLE,
            PREFIX + "LOG",
            PREFIX + "LOG_LIBRARIES",
            PREFIX + "CACHE",
            PREFIX + "LIBRARY_REPAIR",
            PREFIX + "JAVA_OPTIONS",
            PREFIX + "LIB",
            PREFIX + "FIXTURES",
            PREFIX + "DATA",
            PREFIX + "PORT",
            PREFIX + "ARITHMETIC");

    /** Kubernetes puts such into every pod, of each service whose name begins with {@code deformux-}. */
    private static final Pattern SERVICE_LINK = Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9].*)?)");

    private final CommandSpec program;
    private final List<Setting> settings;
    private final Collection<Setting> ofAnyProgram;
    private final Map<String, String> environment;

    /**
     * Said of a setting.
     *
     * @param text the value, as written
     * @param source where, for people
     */
    record Said(String text, String source) {}

    /** @param ofAnyProgram the settings of all programs: one environment may serve several of them */
    Layers(CommandSpec program, Collection<Setting> ofAnyProgram, Map<String, String> environment) {
        this.program = program;
        this.settings = Setting.of(program);
        this.ofAnyProgram = ofAnyProgram;
        this.environment = environment;
    }

    /** For picocli, which asks for each option that the command line does not have, after it has read the others. */
    @Override
    public String defaultValue(ArgSpec argument) {
        return settings.stream()
                .filter(setting -> setting.option() == argument && !setting.isMap())
                .findFirst()
                .flatMap(this::said)
                .map(Said::text)
                .orElse(null);
    }

    /** What is said of a setting that takes one value. */
    Optional<Said> said(Setting setting) {
        String variable = setting.variable();
        if (environment.containsKey(variable) && !OTHERS.contains(variable)) {
            return Optional.of(new Said(environment.get(variable), "environment " + variable));
        }
        return Optional.ofNullable(lines().getProperty(setting.key()))
                .map(text -> new Said(text.strip(), fileSource()));
    }

    /** What is said of a setting that takes names, by name. */
    Map<String, Said> saidByName(Setting setting) {
        Map<String, Said> said = new TreeMap<>();
        for (String name : setting.names()) {
            String variable = variable(setting, name);
            String line = lines().getProperty(setting.key() + "." + name);
            if (environment.containsKey(variable)) {
                said.put(name, new Said(environment.get(variable), "environment " + variable));
            } else if (line != null) {
                said.put(name, new Said(line.strip(), fileSource()));
            }
        }
        return said;
    }

    /** Throws {@link ParameterException} for a file that cannot be read and for the first name that is not known. */
    void refuseUnknown() {
        file().ifPresent(this::read);
        Set<String> keys = names(settings, Setting::key, (setting, name) -> setting.key() + "." + name);
        for (String key : new TreeSet<>(lines().stringPropertyNames())) {
            refuse(key, keys, fileSource() + ": " + key);
        }
        Set<String> variables = names(ofAnyProgram, Setting::variable, Layers::variable);
        variables.addAll(OTHERS);
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(PREFIX) && !SERVICE_LINK.matcher(name).matches()) {
                refuse(name, variables, "environment: " + name);
            }
        }
    }

    private void refuse(String name, Set<String> known, String place) {
        if (!known.contains(name)) {
            throw wrong(place + " is not known; did you mean "
                    + NearestName.to(name, known).orElseThrow() + "?");
        }
    }

    private static Set<String> names(
            Collection<Setting> settings,
            java.util.function.Function<Setting, String> one,
            java.util.function.BiFunction<Setting, String, String> ofMap) {
        Set<String> names = new TreeSet<>();
        for (Setting setting : settings) {
            if (setting.isMap()) {
                setting.names().forEach(name -> names.add(ofMap.apply(setting, name)));
            } else {
                names.add(one.apply(setting));
            }
        }
        return names;
    }

    private static String variable(Setting setting, String name) {
        return setting.variable() + "_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private Optional<Path> file() {
        Path given = program.findOption(Setting.FILE_OPTION).getValue();
        return Optional.ofNullable(given)
                .or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of));
    }

    private String fileSource() {
        return "file " + file().map(Path::toString).orElse("");
    }

    /** The lines of the file; none where it cannot be read, which {@link #refuseUnknown} says. */
    private Properties lines() {
        try {
            return file().map(this::read).orElseGet(Properties::new);
        } catch (ParameterException e) {
            return new Properties();
        }
    }

    private Properties read(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(Setting.FILE_OPTION + " " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
        return lines;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(program.commandLine(), message);
    }
}
