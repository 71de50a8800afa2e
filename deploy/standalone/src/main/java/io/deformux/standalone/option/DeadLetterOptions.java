package io.deformux.standalone.option;

import io.deformux.messaging.deadletter.DeadLetterFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters. */
public final class DeadLetterOptions {
    @Parameters(paramLabel = "ID", arity = "0..*", description = "Dead letters by id, as 0-17.")
    private List<String> ids = List.of();

    @Option(names = "--code", split = ",", description = "Those with that code; several separated by commas.")
    private List<String> codes = List.of();

    @Option(names = "--topic", split = ",", description = "Those that came from that topic.")
    private List<String> topics = List.of();

    @Option(names = "--job", split = ",", paramLabel = "ID", description = "Those of that job, fold or training.")
    private List<String> jobs = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Those given up then or later, as 2026-03-01 or 2026-03-01T12:00:00Z.")
    private Optional<Instant> since = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Those given up before then.")
    private Optional<Instant> until = Optional.empty();

    /** Those that are named, whatever became of them, so that a refusal can say it; of all others those that are open. */
    public DeadLetterFilter ofThoseToChange() {
        return filter(!ids.isEmpty());
    }

    /** @param settled also those that were replayed or discarded */
    public DeadLetterFilter filter(boolean settled) {
        return new DeadLetterFilter(
                Set.copyOf(ids), Set.copyOf(codes), Set.copyOf(topics), Set.copyOf(jobs), since, until, settled);
    }
}
