package io.deformux.standalone.settings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Refuses what picocli's types let pass: numbers out of bounds, and names that an option does not know. */
final class ValueCheck {
    private ValueCheck() {}

    /** Throws {@link ParameterException} if the option has such a value now. */
    static void require(CommandLine command, Setting setting) {
        requireWithin(command, setting);
        if (setting.isMap()) {
            requireKnown(command, setting);
        }
    }

    private static void requireKnown(CommandLine command, Setting setting) {
        List<String> known = setting.names();
        setting.given().keySet().stream()
                .filter(name -> !known.isEmpty() && !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ParameterException(
                            command,
                            setting.option().longestName() + ": " + name + " is not known; did you mean "
                                    + NearestName.to(name, known).orElseThrow() + "?");
                });
    }

    private static void requireWithin(CommandLine command, Setting setting) {
        setting.quantity()
                .ifPresent(bounds -> numbers(setting.option().getValue()).forEach(value -> {
                    if (value.longValue() < bounds.least() || value.longValue() > bounds.most()) {
                        throw new ParameterException(
                                command,
                                "Invalid value for option '" + setting.option().longestName() + "': " + value
                                        + " is not from " + bounds.least() + " to " + bounds.most() + " "
                                        + bounds.unit(),
                                setting.option(),
                                value.toString());
                    }
                }));
    }

    /** Of an option that takes one number, perhaps one, or several. */
    private static Stream<Number> numbers(Object value) {
        if (value instanceof Optional<?> perhaps) {
            return perhaps.stream().map(Number.class::cast);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(Number.class::cast);
        }
        return Stream.ofNullable((Number) value);
    }
}
