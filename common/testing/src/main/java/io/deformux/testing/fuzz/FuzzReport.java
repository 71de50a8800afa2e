package io.deformux.testing.fuzz;

import java.util.List;
import java.util.Locale;

/**
 * What came of a run.
 *
 * @param target its name
 * @param seed of the run
 * @param executions readings
 * @param seconds all of them took
 * @param read how many were not refused
 * @param behaviours different ways in which readings ended
 * @param slowestMillis the longest reading
 * @param largestBytes the most that one reading allocated
 * @param findings what broke a rule, each kind once, with its smallest input
 */
public record FuzzReport(
        String target,
        long seed,
        long executions,
        double seconds,
        long read,
        int behaviours,
        double slowestMillis,
        long largestBytes,
        List<String> findings) {
    /** All of it on one line, the findings on lines of their own. */
    @Override
    public String toString() {
        String line = String.format(
                Locale.ROOT,
                "FUZZ %s: %d executions in %.0f s (seed %d), %.1f %% read, %d behaviours, slowest %.1f ms, largest"
                        + " allocation %.2f MiB, %d findings",
                target,
                executions,
                seconds,
                seed,
                100.0 * read / Math.max(1, executions),
                behaviours,
                slowestMillis,
                largestBytes / (double) (1 << 20),
                findings.size());
        return findings.isEmpty() ? line : line + "\n  " + String.join("\n  ", findings);
    }
}
