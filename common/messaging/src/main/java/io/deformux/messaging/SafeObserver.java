package io.deformux.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.job.JobEnd;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.JobStart;
import io.deformux.messaging.record.TraceContext;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose faults are not the loop's. Says the first one, since the others are most likely the same. */
final class SafeObserver implements JobObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SafeObserver.class);

    private final JobObserver observer;
    private boolean said;

    SafeObserver(JobObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
    }

    @Override
    public Optional<TraceContext> begins(JobStart start) {
        return ask(() -> observer.begins(start), start.trace());
    }

    @Override
    public void ends(JobStart start, JobEnd end) {
        tell(() -> observer.ends(start, end));
    }

    @Override
    public void refused(String topic, FailureCode code) {
        tell(() -> observer.refused(topic, code));
    }

    @Override
    public Watched opened(Consumer<?, ?> client) {
        return safe(ask(() -> observer.opened(client), Watched.NONE));
    }

    @Override
    public Watched opened(Producer<?, ?> client) {
        return safe(ask(() -> observer.opened(client), Watched.NONE));
    }

    private Watched safe(Watched watched) {
        return () -> tell(watched::close);
    }

    private void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | LinkageError e) {
            say(e);
        }
    }

    private <T> T ask(Supplier<T> what, T otherwise) {
        try {
            return Objects.requireNonNull(what.get());
        } catch (RuntimeException | LinkageError e) {
            say(e);
            return otherwise;
        }
    }

    private void say(Throwable fault) {
        if (!said) {
            said = true;
            LOG.error("What watches the loop has a fault; the jobs go on", fault);
        }
    }
}
