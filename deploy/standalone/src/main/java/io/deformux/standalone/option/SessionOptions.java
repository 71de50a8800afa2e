package io.deformux.standalone.option;

import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.standalone.settings.Quantity;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How soon a silent worker loses what it has, the same for every job loop of it. */
public final class SessionOptions {
    @Quantity(unit = "s", least = 1, most = 1800)
    @Option(
            names = "--session-timeout-seconds",
            description = "Silence after which a worker's jobs go to others; brokers take no less than 6 unless told"
                    + " (default: ${DEFAULT-VALUE}).")
    private int sessionSeconds = 6;

    @Quantity(unit = "s", least = 1, most = 900)
    @Option(
            names = "--transaction-timeout-seconds",
            description = "How long a worker that dies while it publishes can hold up the readers of results"
                    + " (default: ${DEFAULT-VALUE}).")
    private int transactionSeconds = 10;

    /** A loop with these times. */
    public JobLoopConfig on(JobLoopConfig loop) {
        return loop.withTimeouts(Duration.ofSeconds(sessionSeconds), Duration.ofSeconds(transactionSeconds));
    }
}
