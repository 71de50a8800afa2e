package io.deformux.messaging;

import java.util.Optional;
import org.slf4j.MDC;

/**
 * The job that this thread's log lines are about, from {@link #of} to {@link #close}: the one place that names it in the
 * logging context. Threads that a job starts on its own do not have it.
 */
final class LoggedJob implements AutoCloseable {
    /** Its place in the context, {@code %X{job}} in the pattern of the log. */
    static final String KEY = "job";

    private final Optional<String> before = current();

    private LoggedJob() {}

    /** Names the job until this is closed. */
    static LoggedJob of(String job) {
        LoggedJob logged = new LoggedJob();
        MDC.put(KEY, job);
        return logged;
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
        return () -> {
            try (LoggedJob logged = of(job.get())) {
                work.run();
            }
        };
    }

    /** The thread's lines are about what they were about before. */
    @Override
    public void close() {
        before.ifPresentOrElse(job -> MDC.put(KEY, job), () -> MDC.remove(KEY));
    }
}
