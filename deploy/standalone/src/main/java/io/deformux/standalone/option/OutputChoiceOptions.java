package io.deformux.standalone.option;

import io.deformux.schemas.OutputChoice;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is wanted of a job's outputs. */
public final class OutputChoiceOptions {
    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "NAME",
            description =
                    "The model's classes that are wanted, parted by commas; others become background and are in no"
                            + " output (default: all, or what the worker was given).")
    private List<String> classes = List.of();

    @Option(
            names = "--statistics",
            split = ",",
            paramLabel = "NAME",
            description = "Those of them that are measured (default: all that are wanted, or what the worker was"
                    + " given).")
    private List<String> statistics = List.of();

    /** What was asked for. */
    public OutputChoice asked() {
        return new OutputChoice(named(classes), named(statistics));
    }

    private static Optional<List<String>> named(List<String> classes) {
        return classes.isEmpty() ? Optional.empty() : Optional.of(classes);
    }
}
