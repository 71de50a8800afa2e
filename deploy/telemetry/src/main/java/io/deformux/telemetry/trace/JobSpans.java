package io.deformux.telemetry.trace;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.job.JobEnd;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.JobStart;
import io.deformux.messaging.record.TraceContext;
import io.deformux.worker.infer.stage.Stage;
import io.deformux.worker.infer.stage.StageObserver;
import io.deformux.worker.train.job.TrainingListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A span for each start of a job, below the one that sent it, and below that a span for each stretch of a stage. A stage of
 * a job that is prepared ahead is over before the job begins; its span waits for the job's. For all threads.
 */
public final class JobSpans implements JobObserver, StageObserver {
    /** Jobs that are prepared and never begin, as after a rebalance, are few at a time. */
    private static final int MOST_PREPARED = 8;

    private final Tracer tracer;
    private final Map<String, Span> running = new HashMap<>();
    private final Map<String, List<Stretch>> prepared = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Stretch>> eldest) {
            return size() > MOST_PREPARED;
        }
    };

    private record Stretch(String stage, Instant begun, Duration time, Optional<FailureCode> failure) {}

    /** Spans that go to that export. */
    public JobSpans(SpanExport export) {
        this.tracer = export.tracer();
    }

    @Override
    public synchronized Optional<TraceContext> begins(JobStart start) {
        Span span = tracer.spanBuilder("job " + start.topic())
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(parent(start))
                .setStartTimestamp(start.begun())
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.destination.name", start.topic())
                .setAttribute("deformux.job", start.jobId())
                .setAttribute("deformux.attempt", start.attempt())
                .startSpan();
        start.sent()
                .ifPresent(sent -> span.setAttribute(
                        "deformux.wait_ms",
                        Duration.between(sent, start.begun()).toMillis()));
        running.put(start.jobId(), span);
        Optional.ofNullable(prepared.remove(start.jobId()))
                .ifPresent(stretches -> stretches.forEach(stretch -> child(span, stretch)));
        return TraceContext.parse(text(span.getSpanContext()), start.trace().flatMap(TraceContext::state));
    }

    @Override
    public synchronized void ends(JobStart start, JobEnd end) {
        Span span = running.remove(start.jobId());
        if (span != null) {
            span.setAttribute("deformux.outcome", end.outcome().name().toLowerCase(Locale.ROOT));
            end.code().ifPresent(code -> fail(span, code));
            span.end();
        }
    }

    @Override
    public void ended(String jobId, Stage stage, Instant begun, Duration time, Optional<FailureCode> failure) {
        stretch(jobId, new Stretch(stage.wireName(), begun, time, failure));
    }

    /** Hears of the stages of folds. */
    public TrainingListener folds() {
        return new TrainingListener() {
            @Override
            public void staged(
                    String jobId, String stage, Instant begun, Duration time, Optional<FailureCode> failure) {
                stretch(jobId, new Stretch(stage, begun, time, failure));
            }
        };
    }

    private synchronized void stretch(String jobId, Stretch stretch) {
        Span span = running.get(jobId);
        if (span != null) {
            child(span, stretch);
        } else {
            prepared.computeIfAbsent(jobId, id -> new ArrayList<>()).add(stretch);
        }
    }

    private void child(Span parent, Stretch stretch) {
        Span span = tracer.spanBuilder(stretch.stage())
                .setParent(Context.root().with(parent))
                .setStartTimestamp(stretch.begun())
                .startSpan();
        stretch.failure().ifPresent(code -> fail(span, code));
        span.end(stretch.begun().plus(stretch.time()));
    }

    /** With the code alone: messages name files. */
    private static void fail(Span span, FailureCode code) {
        span.setStatus(StatusCode.ERROR, code.name());
        span.setAttribute("error.type", code.name());
    }

    private static Context parent(JobStart start) {
        return start.trace()
                .map(trace -> SpanContext.createFromRemoteParent(
                        trace.traceId(),
                        trace.spanId(),
                        trace.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                        TraceState.getDefault()))
                .map(remote -> Context.root().with(Span.wrap(remote)))
                .orElse(Context.root());
    }

    private static String text(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }
}
