package io.deformux.telemetry.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.logging.Level;

/** Spans to an OTLP endpoint over HTTP, in batches, on a thread of its own; what it does not take is dropped and counted. */
public final class SpanExport implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(5);
    /** Kept, so that its level is. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.opentelemetry");

    private final SdkTracerProvider provider;

    private SpanExport(SdkTracerProvider provider) {
        this.provider = provider;
    }

    /**
     * An export to that endpoint.
     *
     * @param endpoint the base, as {@code http://collector:4318}; {@code /v1/traces} is put behind it
     * @param service names the program
     * @param lost hears how many spans were not taken
     */
    public static SpanExport to(URI endpoint, String service, String version, IntConsumer lost) {
        LIBRARY.setLevel(Level.OFF); // it writes past the log; LostSpans says what there is to say
        SpanExporter sender = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString().replaceFirst("/+$", "") + "/v1/traces")
                .setTimeout(SEND_LIMIT)
                .build();
        return to(new LostSpans(sender, lost), service, version);
    }

    static SpanExport to(SpanExporter exporter, String service, String version) {
        Attributes about = Attributes.of(
                AttributeKey.stringKey("service.name"), service, AttributeKey.stringKey("service.version"), version);
        return new SpanExport(SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(about)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build());
    }

    /** Makes spans. */
    Tracer tracer() {
        return provider.get("io.deformux");
    }

    /** Sends what is left, for some seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
