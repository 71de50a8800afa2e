package io.deformux.standalone.option;

import io.deformux.routing.RoutingRules;
import io.deformux.routing.RoutingRulesReader;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The rules by which series become jobs. */
public final class RulesOption {
    @Option(
            names = "--rules",
            required = true,
            paramLabel = "FILE",
            description = "Which series go to which models, as deploy/orthanc/rules.json; read again when it changes.")
    private Path rules;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The file. */
    public Path file() {
        return rules;
    }

    /** What it holds now; a {@link ParameterException} says what is wrong with it. */
    public RoutingRules read() {
        try {
            return new RoutingRulesReader().read(rules);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--rules " + rules + ": " + e.getMessage(), e);
        }
    }
}
