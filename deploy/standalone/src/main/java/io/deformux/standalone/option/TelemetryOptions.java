package io.deformux.standalone.option;

import io.deformux.standalone.settings.Quantity;
import io.deformux.telemetry.Telemetry;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a program with jobs tells of itself, and to whom. */
public final class TelemetryOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ManagementOptions management;

    @Quantity(unit = "s", least = 1, most = 604_800)
    @Option(
            names = "--hung-seconds",
            description = "How long a job may give no sign, as in a native call, before /healthz says that it hangs"
                    + " (default: ${DEFAULT-VALUE}).")
    private int hungSeconds = 5400;

    @Option(
            names = "--otlp-endpoint",
            paramLabel = "URL",
            description = "Where spans of jobs and their stages are sent, the base of an OTLP endpoint over HTTP, as"
                    + " http://collector:4318 (default: nowhere).")
    private Optional<URI> otlpEndpoint = Optional.empty();

    /** Has the log written as asked for, and starts what else is; the caller closes it. */
    public Telemetry start() {
        otlpEndpoint.filter(TelemetryOptions::isNoBase).ifPresent(url -> {
            throw new ParameterException(
                    spec.commandLine(), "--otlp-endpoint must be http://HOST:PORT or https://HOST:PORT");
        });
        return management.start(spec, otlpEndpoint, Duration.ofSeconds(hungSeconds));
    }

    private static boolean isNoBase(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        return !http || url.getHost() == null;
    }
}
