package io.deformux.telemetry.health;

import java.util.Optional;

/** One thing that must be so; asked from any thread. */
public interface HealthCheck {
    /** A short name for machines, as {@code broker}. */
    String name();

    /**
     * Whether it is so.
     *
     * @return why not, as a stable code in capitals; empty if it is so. What is thrown counts as a
     *     {@link io.deformux.failure.JobException}'s code, or {@code INTERNAL}
     */
    Optional<String> problem() throws Exception;

    /** A check by that name. */
    static HealthCheck of(String name, Question question) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> problem() throws Exception {
                return question.problem();
            }
        };
    }

    /** What a check asks. */
    interface Question {
        /** As {@link HealthCheck#problem}. */
        Optional<String> problem() throws Exception;
    }
}
