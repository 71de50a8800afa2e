package io.deformux.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.deformux.failure.FailureCode;
import io.deformux.messaging.job.JobEnd;
import io.deformux.messaging.job.JobEnd.Outcome;
import io.deformux.messaging.job.JobStart;
import io.deformux.messaging.record.TraceContext;
import io.deformux.worker.infer.stage.Stage;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Spans of jobs and stages, in the trace that the job came with. */
class JobSpansTest {
    private static final TraceContext CAME = new TraceContext(
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Optional.of("vendor=one,other=2"));
    private static final Instant BEGUN = Instant.parse("2031-02-03T04:05:06Z");

    private final List<SpanData> sent = new CopyOnWriteArrayList<>();

    @Test
    void aJobAndItsStagesAreBelowWhatSentItAndResultsAreBelowTheJob() {
        Optional<TraceContext> carried;
        try (SpanExport export = SpanExport.to(new Kept(), "test", "1")) {
            JobSpans spans = new JobSpans(export);
            spans.ended("job-1", Stage.FETCH, BEGUN.minusSeconds(9), Duration.ofSeconds(2), Optional.empty());
            carried = spans.begins(start(Optional.of(CAME)));
            spans.ended("job-1", Stage.INFER, BEGUN, Duration.ofSeconds(5), Optional.of(FailureCode.INTERNAL));
            spans.ends(start(Optional.of(CAME)), JobEnd.of(Outcome.FAILED, FailureCode.INTERNAL));
        }

        SpanData job = named("job deformux.scan.arrived");
        assertThat(job.getTraceId()).isEqualTo(CAME.traceId());
        assertThat(job.getParentSpanId()).isEqualTo(CAME.spanId());
        assertThat(job.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(carried.orElseThrow().traceId()).isEqualTo(CAME.traceId());
        assertThat(carried.orElseThrow().spanId()).isEqualTo(job.getSpanId());
        SpanData fetch = named("fetch");
        assertThat(fetch.getParentSpanId()).isEqualTo(job.getSpanId());
        assertThat(fetch.getEndEpochNanos() - fetch.getStartEpochNanos()).isEqualTo(2_000_000_000L);
        assertThat(named("infer").getParentSpanId()).isEqualTo(job.getSpanId());
    }

    @Test
    void whatTracingSystemsHaveToSayGoesOn() {
        try (SpanExport export = SpanExport.to(new Kept(), "test", "1")) {
            assertThat(new JobSpans(export)
                            .begins(start(Optional.of(CAME)))
                            .orElseThrow()
                            .state())
                    .hasValue("vendor=one,other=2");
        }
    }

    @Test
    void theStagesOfAFoldAreBelowItsJob() {
        try (SpanExport export = SpanExport.to(new Kept(), "test", "1")) {
            JobSpans spans = new JobSpans(export);
            spans.begins(start(Optional.empty()));
            spans.folds().staged("job-1", "prepare", BEGUN, Duration.ofSeconds(7), Optional.empty());
            spans.ends(start(Optional.empty()), JobEnd.of(Outcome.COMPLETED));
        }

        assertThat(named("prepare").getParentSpanId())
                .isEqualTo(named("job deformux.scan.arrived").getSpanId());
    }

    @Test
    void aJobThatCameWithoutATraceBeginsOne() {
        try (SpanExport export = SpanExport.to(new Kept(), "test", "1")) {
            assertThat(new JobSpans(export).begins(start(Optional.empty()))).isPresent();
        }
    }

    @Test
    void aCollectorGetsThemAndWhatItDoesNotTakeIsCounted() throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> bodies = new CopyOnWriteArrayList<>();
        AtomicInteger status = new AtomicInteger(200);
        collector.createContext("/v1/traces", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        collector.start();
        AtomicInteger lost = new AtomicInteger();
        try {
            export(collector, lost);
            assertThat(bodies).anyMatch(body -> body.contains("job deformux.scan.arrived"));
            assertThat(lost).hasValue(0);

            status.set(400);
            export(collector, lost);
            assertThat(lost).hasValue(1);
        } finally {
            collector.stop(0);
        }
    }

    private static void export(HttpServer collector, AtomicInteger lost) {
        URI base = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/");
        try (SpanExport export = SpanExport.to(base, "test", "1", lost::addAndGet)) {
            JobSpans spans = new JobSpans(export);
            spans.begins(start(Optional.empty()));
            spans.ends(start(Optional.empty()), JobEnd.of(Outcome.COMPLETED));
        }
    }

    private static JobStart start(Optional<TraceContext> trace) {
        return new JobStart("deformux.scan.arrived", "job-1", 1, Optional.of(BEGUN.minusSeconds(3)), BEGUN, trace);
    }

    private SpanData named(String name) {
        return sent.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + sent));
    }

    private final class Kept implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            sent.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
