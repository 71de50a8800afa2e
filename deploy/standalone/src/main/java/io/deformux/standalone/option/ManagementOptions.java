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

/** Where a program tells of itself, and how its log is written. */
public final class ManagementOptions {
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

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "text, or json: an object a line (default: ${DEFAULT-VALUE}).")
    private String logFormat = "text";

    /** Has the log written as asked for, and starts what else is, for a program without jobs; the caller closes it. */
    public Telemetry start(CommandSpec program) {
        return start(program, Optional.empty(), Duration.ZERO);
    }

    /** The same for a program with jobs, which send spans and may hang. */
    Telemetry start(CommandSpec program, Optional<URI> otlp, Duration hung) {
        format(program).apply();
        try {
            return Telemetry.start(new TelemetryConfig(
                    name(program),
                    Version.current(),
                    managementPort.map(port -> new InetSocketAddress(managementAddress, port)),
                    otlp,
                    hung));
        } catch (IOException e) {
            throw new ParameterException(
                    program.commandLine(),
                    "--management-port " + managementPort.orElse(0) + " of " + managementAddress
                            + " cannot be listened at: " + e.getMessage(),
                    e);
        }
    }

    /** As {@code infer-worker}; of a command below another one as {@code dead-letters-serve}. */
    private static String name(CommandSpec program) {
        return program.qualifiedName("-").substring(program.root().name().length() + 1);
    }

    private LogFormat format(CommandSpec program) {
        return switch (logFormat) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default ->
                throw new ParameterException(
                        program.commandLine(), "--log-format must be text or json, not " + logFormat);
        };
    }
}
