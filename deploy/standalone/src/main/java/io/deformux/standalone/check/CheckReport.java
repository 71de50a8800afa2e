package io.deformux.standalone.check;

import io.deformux.failure.JobException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All findings, for people and for machines.
 *
 * @param findings in the order of the checks
 */
public record CheckReport(List<Finding> findings) {
    /** A longer name does not widen the column for the others. */
    private static final int WIDEST_NAME = 60;

    /** Findings that stay. */
    public CheckReport {
        findings = List.copyOf(findings);
    }

    /** Runs checks one after the other; one that breaks becomes a finding, and the next ones run all the same. */
    public static CheckReport of(List<Check> checks) {
        List<Finding> all = new ArrayList<>();
        for (Check check : checks) {
            try {
                all.addAll(check.look());
            } catch (Exception | LinkageError e) {
                String code = e instanceof JobException failure ? failure.code() + ": " : "";
                String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                all.add(Finding.fail(
                        check.section(),
                        check.section() + " check",
                        code + message,
                        "this part could not be looked at; mend what is named and check again"));
            }
        }
        return new CheckReport(all);
    }

    /** Whether jobs can run, as far as was looked. */
    public boolean ok() {
        return count(Severity.FAIL) == 0;
    }

    /** A line per finding, a second one with its advice, and a last line that says whether jobs can run. */
    public List<String> table() {
        int section = width(Finding::section);
        int name = Math.min(WIDEST_NAME, width(Finding::name));
        String row = "%-" + section + "s  %-" + name + "s  %-4s  %s";
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(row.formatted(
                    finding.section(), finding.name(), finding.verdict().wireName(), finding.value()));
            finding.advice().ifPresent(advice -> lines.add(row.formatted("", "", "", "-> " + advice)));
        }
        lines.add(
                ok()
                        ? "ok: jobs can run, as far as was looked; " + count(Severity.WARN) + " warning(s)"
                        : "fail: " + count(Severity.FAIL) + " finding(s) keep jobs from running, "
                                + count(Severity.WARN) + " warning(s)");
        return lines;
    }

    /**
     * The same as a tree, whose keys do not change:
     *
     * <pre>{@code
     * {"ok": true,                        // whether jobs can run; the exit code says the same
     *  "findings": [
     *    {"section": "cluster",           // software, arithmetic, memory, disk, models, cluster
     *     "name": "topic deformux.scan.arrived",
     *     "value": "16 partitions, replication 1, kept 7 days",
     *     "verdict": "ok",                // ok, warn, fail
     *     "advice": null}]}               // a text for warn and fail
     * }</pre>
     */
    public Map<String, Object> json() {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("section", finding.section());
            values.put("name", finding.name());
            values.put("value", finding.value());
            values.put("verdict", finding.verdict().wireName());
            values.put("advice", finding.advice().orElse(null));
            listed.add(values);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ok", ok());
        tree.put("findings", listed);
        return tree;
    }

    private long count(Severity verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private int width(Function<Finding, String> text) {
        return findings.stream()
                .mapToInt(finding -> text.apply(finding).length())
                .max()
                .orElse(1);
    }
}
