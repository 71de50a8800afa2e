package io.deformux.standalone.settings;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One key of a program, with all that is to be said of it, which stands at its option.
 *
 * @param option the option
 */
public record Setting(OptionSpec option) {
    /** The file of settings is itself no setting. */
    static final String FILE_OPTION = "--config";

    private static final Set<String> NONE = Set.of(FILE_OPTION, "--help", "--version");
    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, Integer.class, Long.class);
    private static final Pattern DEFAULT = Pattern.compile(",? \\(default[:,] ?(.*?)\\)(?=[.;,]|$)");
    private static final String AS_INITIALISED = "${DEFAULT-VALUE}";

    /** The settings of a program, in the order in which its help has them; those of no program: none. */
    public static List<Setting> of(CommandSpec program) {
        if (program.findOption(FILE_OPTION) == null) {
            return List.of();
        }
        return program.options().stream()
                .filter(option -> !NONE.contains(option.longestName()))
                .map(Setting::new)
                .toList();
    }

    /** What a file calls it. */
    public String key() {
        return option.longestName().substring(2);
    }

    /** What the environment calls it. */
    public String variable() {
        return Layers.PREFIX + key().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Whether it takes {@code NAME=VALUE}, so that each name is a key of its own. */
    public boolean isMap() {
        return option.typeInfo().isMap();
    }

    /** The names that it takes, if it takes names; none if it takes any. */
    List<String> names() {
        return Stream.ofNullable(option.completionCandidates())
                .flatMap(names -> StreamSupport.stream(names.spliterator(), false))
                .toList();
    }

    /** The names that the command line has, with their values, if it takes names. */
    Map<String, String> given() {
        Map<String, String> given = option.getValue();
        return given == null ? Map.of() : given;
    }

    /** Whether it takes whole numbers. */
    public boolean isNumber() {
        return Stream.of(option.auxiliaryTypes()).anyMatch(NUMBERS::contains);
    }

    /** Unit and bounds, if it is a number. */
    public Optional<Quantity> quantity() {
        return option.userObject() instanceof Field field
                ? Optional.ofNullable(field.getAnnotation(Quantity.class))
                : Optional.empty();
    }

    /** What it means, without the default. */
    public String meaning() {
        return DEFAULT.matcher(description()).replaceAll("");
    }

    /** What holds where nobody says anything, in words: the same on every machine. */
    public String usual() {
        if (option.required()) {
            return "required";
        }
        Matcher said = DEFAULT.matcher(description());
        if (said.find()) {
            return said.group(1).replace(AS_INITIALISED, String.valueOf(option.initialValue()));
        }
        return option.typeInfo().isBoolean() ? "off" : "none";
    }

    /** What holds here where nobody says anything. */
    String usualHere() {
        return option.initialValue() instanceof Path path ? path.toString() : usual();
    }

    private String description() {
        return String.join(" ", option.description());
    }
}
