package io.deformux.telemetry.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers of some checks.
 *
 * @param problems by the check's name, in order; empty for those that found none. Of checks that share a name, as where two
 *     workers need a folder each, the first problem
 */
public record HealthReport(Map<String, Optional<String>> problems) {
    /** Asks one after the other. */
    static HealthReport of(List<BoundedCheck> checks) throws InterruptedException {
        Map<String, Optional<String>> problems = new LinkedHashMap<>();
        for (BoundedCheck check : checks) {
            problems.merge(check.name(), check.problem(), (one, other) -> one.or(() -> other));
        }
        return new HealthReport(problems);
    }

    /** Whether no check found a problem. */
    public boolean isGood() {
        return problems.values().stream().allMatch(Optional::isEmpty);
    }
}
