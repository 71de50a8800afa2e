package io.deformux.telemetry;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a program is to tell of itself.
 *
 * @param program its name, as {@code infer-worker}
 * @param version of the software
 * @param management where metrics and health are served; empty: nowhere
 * @param otlp where spans go, the base of an OTLP endpoint over HTTP; empty: nowhere
 * @param hung how long a job may give no sign before the program counts as hung
 */
public record TelemetryConfig(
        String program, String version, Optional<InetSocketAddress> management, Optional<URI> otlp, Duration hung) {
    /** Checks that every part is there. */
    public TelemetryConfig {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(management, "management");
        Objects.requireNonNull(otlp, "otlp");
        Objects.requireNonNull(hung, "hung");
    }
}
