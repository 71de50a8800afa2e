package io.deformux.messaging;

import io.deformux.messaging.record.TraceContext;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * The job that this thread's log lines are about, from {@link #of} to {@link #close}: the one place that names it in the
 * logging context. Threads that a job starts on its own do not have it.
 */
final class LoggedJob implements AutoCloseable {
    /** Its place in the context, {@code %X{job}} in the pattern of the log. */
    static final String KEY = "job";
    /** The place of the id of its trace, if it has one. */
    static final String TRACE = "trace";

    private final Optional<String> before = current();
    private final Optional<String> traceBefore = trace();

    private LoggedJob() {}

    /** Names the job until this is closed. */
    static LoggedJob of(String job) {
        LoggedJob logged = new LoggedJob();
        MDC.put(KEY, job);
        return logged;
    }

    /** Names the job, and the trace that it belongs to, until this is closed. */
    static LoggedJob of(String job, Optional<TraceContext> trace) {
        LoggedJob logged = of(job);
        trace.ifPresent(known -> MDC.put(TRACE, known.traceId()));
        return logged;
    }

    private static Optional<String> trace() {
        return Optional.ofNullable(MDC.get(TRACE));
    }

    /** The job that this thread is at, as far as the log knows. */
    static Optional<String> current() {
        return Optional.ofNullable(MDC.get(KEY));
    }

    /** Work that names on its thread the job that this thread is at now. */
    static Runnable carried(Runnable work) {
        Optional<String> job = current();
        if (job.isEmpty()) {
            return work;
        }
        Optional<String> trace = trace();
        return () -> {
            try (LoggedJob logged = of(job.get())) {
                set(TRACE, trace);
                work.run();
            }
        };
    }

    /** The thread's lines are about what they were about before. */
    @Override
    public void close() {
        set(KEY, before);
        set(TRACE, traceBefore);
    }

    private static void set(String key, Optional<String> value) {
        value.ifPresentOrElse(known -> MDC.put(key, known), () -> MDC.remove(key));
    }
}
