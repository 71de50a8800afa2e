package io.deformux.standalone.option;

import io.deformux.standalone.settings.Quantity;
import io.deformux.telemetry.Telemetry;
import io.deformux.telemetry.TelemetryConfig;
import io.deformux.telemetry.log.LogFormat;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a program tells of itself, and to whom. */
public final class TelemetryOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Quantity(unit = "port", least = 0, most = 65_535)
    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "Where /metrics, /healthz and /readyz are served; 0 takes a free port, which the log names"
                    + " (default: nowhere).")
    private Optional<Integer> managementPort = Optional.empty();

    @Option(
            names = "--management-address",
            paramLabel = "ADDRESS",
            description = "The address that --management-port is bound to; nobody is asked who they are there"
                    + " (default: ${DEFAULT-VALUE}).")
    private String managementAddress = "127.0.0.1";

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

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "text, or json: an object a line (default: ${DEFAULT-VALUE}).")
    private String logFormat = "text";

    /** Has the log written as asked for, and starts what else is; the caller closes it. */
    public Telemetry start() {
        format().apply();
        TelemetryConfig config = config();
        try {
            return Telemetry.start(config);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--management-port " + managementPort.orElse(0) + " of " + managementAddress
                            + " cannot be listened at: " + e.getMessage(),
                    e);
        }
    }

    private TelemetryConfig config() {
        otlpEndpoint.filter(TelemetryOptions::isNoBase).ifPresent(url -> {
            throw new ParameterException(
                    spec.commandLine(), "--otlp-endpoint must be http://HOST:PORT or https://HOST:PORT");
        });
        return new TelemetryConfig(
                spec.name(),
                Version.current(),
                managementPort.map(port -> new InetSocketAddress(managementAddress, port)),
                otlpEndpoint,
                Duration.ofSeconds(hungSeconds));
    }

    private static boolean isNoBase(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        return !http || url.getHost() == null;
    }

    private LogFormat format() {
        return switch (logFormat) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default ->
                throw new ParameterException(spec.commandLine(), "--log-format must be text or json, not " + logFormat);
        };
    }
}
