package io.deformux.telemetry.health;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.job.JobEnd;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.JobStart;
import java.util.Optional;

/** Whether the last job's network computed right here; before the first one, the start of the worker has seen to it. */
public final class ProvenCheck implements HealthCheck, JobObserver {
    private volatile Optional<String> problem = Optional.empty();

    @Override
    public String name() {
        return "arithmetic";
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public void ends(JobStart start, JobEnd end) {
        problem = end.code()
                .filter(code -> code == FailureCode.ARITHMETIC_UNPROVEN)
                .map(FailureCode::name);
    }
}
