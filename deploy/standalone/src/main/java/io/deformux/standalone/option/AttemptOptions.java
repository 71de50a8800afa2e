package io.deformux.standalone.option;

import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.job.Attempts;
import io.deformux.standalone.settings.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How often a worker tries a job, and how long it waits in between. */
public final class AttemptOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Quantity(unit = "starts", least = 1, most = 1000)
    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "How often a job is started while its failures may pass (default: 12).")
    private Optional<Integer> most = Optional.empty();

    @Quantity(unit = "starts", least = 1, most = 1000)
    @Option(
            names = "--crashes",
            paramLabel = "N",
            description =
                    "How many starts may end with the death of their worker (default: 3; of a training worker 10).")
    private Optional<Integer> crashes = Optional.empty();

    @Quantity(unit = "s", least = 1, most = 86_400)
    @Option(
            names = "--retry-seconds",
            split = ",",
            paramLabel = "FIRST,LONGEST",
            description = "The waits between attempts, which double (default: 5,300: about 30 minutes in all).")
    private List<Integer> retry = List.of();

    @Quantity(unit = "s", least = 1, most = 86_400)
    @Option(
            names = "--environment-seconds",
            split = ",",
            paramLabel = "FIRST,LONGEST",
            description = "The waits while the worker lacks a folder, an archive or a password (default: 2,60).")
    private List<Integer> environment = List.of();

    @Quantity(unit = "s", least = 1, most = 86_400)
    @Option(
            names = "--patience-seconds",
            paramLabel = "N",
            description = "How long a job stays first in line meanwhile; then the next one may try (default: 600).")
    private Optional<Integer> patience = Optional.empty();

    @Quantity(unit = "s", least = 1, most = 31_536_000)
    @Option(
            names = "--environment-limit-seconds",
            paramLabel = "N",
            description = "How long a job waits in all for what its workers lack; then it fails (default: 604800).")
    private Optional<Integer> lackLimit = Optional.empty();

    /** The numbers that were given, and {@code usual} for the others. */
    Attempts of(Attempts usual) {
        try {
            return new Attempts(
                    most.orElse(usual.most()),
                    crashes.orElse(usual.crashes()),
                    waits(retry, usual.waits()),
                    waits(environment, usual.environment()),
                    patience.map(seconds -> Duration.ofSeconds(seconds)).orElse(usual.patience()),
                    lackLimit.map(seconds -> Duration.ofSeconds(seconds)).orElse(usual.lackLimit()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Backoff waits(List<Integer> seconds, Backoff usual) {
        if (seconds.isEmpty()) {
            return usual;
        }
        if (seconds.size() != 2) {
            throw new IllegalArgumentException("waits are two numbers of seconds: the first wait and the longest");
        }
        return new Backoff(Duration.ofSeconds(seconds.get(0)), Duration.ofSeconds(seconds.get(1)));
    }
}
